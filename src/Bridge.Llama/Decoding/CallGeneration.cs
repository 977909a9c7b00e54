using System.Runtime.InteropServices;
using Bridge.Llama.Inference;
using Bridge.Llama.Masks;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Decoding;

/// <summary>Writes calls for a prompt: whatever is written is a whole call of one of the tools, valid where its schema can be decoded in full.</summary>
/// <remarks>
/// Text that must follow is computed together with the choice before it. Text that is likely to follow is guessed: it is computed in the same
/// go, and kept as far as the model chooses the same. So guessing changes how long it takes and not what is written.
/// </remarks>
internal sealed class CallGeneration : Generation
{
    // The bytes of a draft that are looked at to find its next token.
    private const int DraftWindow = 64;

    private readonly CallTokens _tokens;
    private readonly DecodingSettings _settings;
    private readonly ITokenChooser _chooser;
    private readonly IDraftSource? _drafts;
    private readonly BodyWriter _writer;
    private readonly List<Guess> _guesses = [];
    private readonly List<int> _sure = [];
    private readonly List<DecodedChoice> _choices = [];
    private readonly List<DecodedCall> _calls = [];
    private Stage _stage = Stage.Deciding;
    private int _written;
    private bool _isFull;

    /// <param name="prompt">The prompt's tokens.</param>
    /// <param name="stablePrefix">How many of them other prompts will begin with too.</param>
    /// <param name="tokens">What can be called.</param>
    /// <param name="settings">How it is decoded.</param>
    /// <param name="chooser">Chooses among what may follow; <see langword="null"/> for the model's own choice.</param>
    /// <param name="drafts">Guesses what follows; <see langword="null"/> for none.</param>
    public CallGeneration(
        int[] prompt, int stablePrefix, CallTokens tokens, DecodingSettings settings, ITokenChooser? chooser = null, IDraftSource? drafts = null)
        : base(prompt, stablePrefix, settings.MaxTokens)
    {
        _tokens = tokens;
        _settings = settings;
        _chooser = chooser ?? new LikelihoodChooser(settings.Temperature, settings.Seed);
        _drafts = tokens.Model.CanForget && settings.MaxDraftTokens > 0 ? drafts : null;
        _writer = new BodyWriter(tokens, settings.JumpsForward);
    }

    private enum Stage
    {
        /// <summary>Whether to call at all; the beginning of a call is computed together with the prompt.</summary>
        Deciding,

        /// <summary>In a body.</summary>
        Writing,

        /// <summary>After a call: whether there is another.</summary>
        Following,
    }

    /// <summary>The calls, in order; empty for no call.</summary>
    public IReadOnlyList<DecodedCall> Calls => _calls;

    /// <summary>How likely the model was to call at all, 0 to 1; 1 where it had to.</summary>
    public double CallLikelihood { get; private set; } = 1;

    /// <summary>The tokens that were guessed.</summary>
    public int GuessedTokens { get; private set; }

    /// <summary>The guessed tokens that came true.</summary>
    public int AcceptedTokens { get; private set; }

    /// <summary>The tokens that were written, in bodies and around them.</summary>
    public int WrittenTokens => _written;

    /// <inheritdoc/>
    public override void Begin(TokenFeed feed)
    {
        _writer.Begin(0);
        _sure.AddRange(_tokens.Opening);
        _writer.TakeForced(_sure);
        Continue(feed, default);
    }

    /// <inheritdoc/>
    public override bool Advance(in LogitRows rows, TokenFeed feed)
    {
        switch (_stage)
        {
            case Stage.Deciding:
                _stage = Stage.Writing;
                CallLikelihood = _settings.Required ? 1 : _tokens.CallLikelihood(rows[0]);
                return CallLikelihood >= _settings.CallThreshold && (_isFull ? CutOff()
                    : _writer.IsOver ? End(feed, rows.From(rows.Count - 1))
                    : Write(rows.From(rows.Count - 1 - _guesses.Count), feed));
            case Stage.Following:
                _stage = Stage.Writing;
                return Follow(feed, rows);
            default:
                return Write(rows, feed);
        }
    }

    /// <summary>Begins another call, where the model wants one.</summary>
    private bool Follow(TokenFeed feed, in LogitRows rows)
    {
        if (_tokens.Boundary.NextLikelihood(rows[0]) <= 0.5)
        {
            return false;
        }

        _writer.Begin(_calls.Count);
        _choices.Clear();
        foreach (int token in _tokens.Boundary.Begun)
        {
            _writer.Take(token); // it is in the context already
        }

        _sure.AddRange(_tokens.Boundary.Next);
        _writer.TakeForced(_sure);
        _guesses.Clear();
        return _sure.Count == 0 && !_writer.IsOver ? Write(rows, feed) : Continue(feed, rows);
    }

    private bool Write(in LogitRows rows, TokenFeed feed)
    {
        int guessed = 0;
        foreach (Guess guess in _guesses)
        {
            guessed += guess.Tokens;
        }

        int row = 0;
        while (true)
        {
            int token = Choose(rows[row++]);
            _writer.Take(token);
            _sure.Add(token);
            _writer.TakeForced(_sure);
            if (row > _guesses.Count || _guesses[row - 1].Token != token)
            {
                break;
            }

            // It is in the context already.
            int tokens = _guesses[row - 1].Tokens;
            guessed -= tokens;
            AcceptedTokens += tokens;
            _written += tokens;
            _sure.Clear();
            if (_writer.IsOver)
            {
                break;
            }
        }

        feed.Kept -= guessed;
        return Continue(feed, rows.From(row));
    }

    private int Choose(ReadOnlySpan<float> logits)
    {
        TokenMask mask = _writer.Mask();
        if (mask.Count == 0)
        {
            throw new LlamaException(LlamaFault.BadModel, $"The vocabulary of '{_tokens.Model.Path}' has no token for what must follow.");
        }

        int best = mask.Best(logits);
        int token = _chooser.Choose(mask, logits, best, _writer.Text);
        int start = _writer.Text.Length;
        int end = start + _tokens.Model.Vocabulary.Text(token).Length;
        _choices.Add(new DecodedChoice(start, end, mask.Count == 1 ? 0 : mask.LogProbability(logits, token, best)));
        return token;
    }

    /// <summary>Goes on after what is sure: with the end of the call, or with what is guessed to follow.</summary>
    /// <param name="feed">Takes what is computed next.</param>
    /// <param name="after">What the model says follows the last token of the context; looked at where nothing is sure.</param>
    private bool Continue(TokenFeed feed, in LogitRows after)
    {
        _guesses.Clear();
        if (_writer.IsOver && _stage != Stage.Deciding)
        {
            return End(feed, after);
        }

        if (_written + _sure.Count >= MaxTokens)
        {
            _isFull = true;
            _sure.Clear();
            return _stage == Stage.Deciding || CutOff();
        }

        FeedSure(feed);
        GuessAhead(feed);
        return true;
    }

    private bool End(TokenFeed feed, in LogitRows after)
    {
        AddCall(isCutOff: false);
        _sure.AddRange(_tokens.Boundary.Tail);
        if (_calls.Count >= _settings.MaxCalls || !_tokens.Boundary.CanFollow || _written + _sure.Count >= MaxTokens)
        {
            return false;
        }

        if (_sure.Count == 0)
        {
            return Follow(feed, after); // the call's last tokens were guessed, so what follows them is known
        }

        FeedSure(feed);
        _stage = Stage.Following;
        return true;
    }

    private bool CutOff()
    {
        _writer.Close();
        AddCall(isCutOff: true);
        return false;
    }

    private void AddCall(bool isCutOff) => _calls.Add(new DecodedCall(_calls.Count, _writer.Text.ToArray(), [.. _choices], isCutOff));

    private void FeedSure(TokenFeed feed)
    {
        if (_sure.Count > 0)
        {
            feed.AddRange(CollectionsMarshal.AsSpan(_sure));
            feed.Ask();
            _written += _sure.Count;
            _sure.Clear();
        }
    }

    private void GuessAhead(TokenFeed feed)
    {
        if (_drafts is null)
        {
            return;
        }

        int room = Math.Min(_settings.MaxDraftTokens, MaxTokens - _written);
        (DecodingState state, int length) = (_writer.State, _writer.Text.Length);
        ReadOnlySpan<byte> draft = _drafts.Continue(_writer.Text);
        while (!_writer.IsOver && NextGuess(draft) is { } token)
        {
            int before = _writer.Text.Length;
            _writer.Take(token);
            _sure.Add(token);
            _writer.TakeForced(_sure);
            ReadOnlySpan<byte> added = _writer.Text[before..];
            if (_sure.Count > room || !draft.StartsWith(added))
            {
                break;
            }

            room -= _sure.Count;
            GuessedTokens += _sure.Count;
            _guesses.Add(new Guess(token, _sure.Count));
            feed.AddRange(CollectionsMarshal.AsSpan(_sure));
            feed.Ask();
            draft = draft[added.Length..];
        }

        _sure.Clear();
        _writer.SetBack(state, length);
    }

    /// <summary>The token that the model would take if it meant the draft.</summary>
    private int? NextGuess(ReadOnlySpan<byte> draft)
    {
        _sure.Clear();
        _tokens.Tokenize(draft[..Math.Min(draft.Length, DraftWindow)], _sure);
        int token = _sure.Count > 0 ? _sure[0] : -1;
        _sure.Clear();
        return token >= 0 && _writer.Mask().Allows(token) ? token : null;
    }

    /// <summary>A token that is guessed to be chosen.</summary>
    /// <param name="Token">The token.</param>
    /// <param name="Tokens">How many tokens of the feed it is with what must follow it.</param>
    private readonly record struct Guess(int Token, int Tokens);
}
