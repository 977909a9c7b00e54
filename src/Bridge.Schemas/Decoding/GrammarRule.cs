namespace Bridge.Schemas.Decoding;

/// <summary>What may be written for one goal at one depth; built when it is first needed.</summary>
/// <param name="build">Builds it.</param>
internal sealed class GrammarRule(Func<GrammarNode> build)
{
    private readonly Lazy<GrammarNode> _start = new(build);

    /// <summary>Where it begins.</summary>
    public GrammarNode Start => _start.Value;

    /// <summary>How many bytes its shortest text has.</summary>
    public int Rest => Start.Rest;
}
