using System.Text;
using System.Threading.Channels;
using Bridge.Llama.Inference;
using Bridge.Llama.Masks;

namespace Bridge.Llama.Responding;

/// <summary>Writes free text until the model ends.</summary>
internal sealed class ChatGeneration : Generation
{
    private readonly LlamaModel _model;
    private readonly TokenMask _allowed;
    private readonly double _temperature;
    private readonly Random _random;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly Channel<string> _text = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly char[] _buffer = new char[256];

    /// <param name="prompt">The prompt's tokens.</param>
    /// <param name="model">The model.</param>
    /// <param name="allowed">The tokens that an answer consists of.</param>
    /// <param name="maxTokens">The most tokens that are written.</param>
    /// <param name="temperature">The sampling temperature; 0 takes the most likely.</param>
    /// <param name="seed">The same seed draws the same; <see langword="null"/> for another each time.</param>
    public ChatGeneration(int[] prompt, LlamaModel model, TokenMask allowed, int maxTokens, double temperature, long? seed)
        : base(prompt, prompt.Length - 1, maxTokens)
    {
        _model = model;
        _allowed = allowed;
        _temperature = temperature;
        _random = seed is { } given ? new Random(given.GetHashCode()) : new Random();
    }

    /// <summary>The text, piece by piece.</summary>
    public IAsyncEnumerable<string> Text => _text.Reader.ReadAllAsync();

    /// <summary>The tokens written.</summary>
    public int Written { get; private set; }

    /// <summary>Whether the model ended by itself rather than by the limit.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Ends <see cref="Text"/>.</summary>
    public void Close() => _text.Writer.TryComplete();

    /// <inheritdoc/>
    public override bool Advance(in LogitRows rows, TokenFeed feed)
    {
        ReadOnlySpan<float> logits = rows[0];
        int token = _temperature <= 0 ? _allowed.Best(logits) : _allowed.Draw(logits, _temperature, _random.NextDouble());
        Written++;
        if (_model.Vocabulary.IsEnd(token))
        {
            IsWhole = true;
            return false;
        }

        ReadOnlySpan<byte> bytes = _model.Vocabulary.Text(token);
        char[] buffer = bytes.Length <= _buffer.Length ? _buffer : new char[bytes.Length + 1];
        int count = _decoder.GetChars(bytes, buffer, flush: false);
        if (count > 0)
        {
            _text.Writer.TryWrite(new string(buffer, 0, count));
        }

        if (Written >= MaxTokens)
        {
            return false;
        }

        feed.Add(token);
        feed.Ask();
        return true;
    }
}
