namespace TestServers.Hostile;

/// <summary>Input schemas that want to be fetched, to never end, or to cost too much.</summary>
internal static class HostileSchemas
{
    private static readonly string s_wide = string.Join(',', Enumerable.Repeat("{}", 20_001));

    /// <summary>Each with the name of its tool.</summary>
    public static IEnumerable<(string Name, string Schema)> All =>
    [
        ("fetch-http", Parameter("""{"$ref":"http://127.0.0.1:9/schema.json"}""")),
        ("fetch-file", Parameter("""{"$ref":"file:///etc/passwd"}""")),
        ("circle", """{"type":"object","$ref":"#"}"""),
        ("many-items", Parameter("""{"type":"array","minItems":1e9}""")),
        ("big-enum", Parameter($$"""{"enum":["{{new string('x', 5_000_000)}}"]}""")),
        ("many-values", Parameter($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 10_001))}}]}""")),
        ("wide", Parameter($$"""{"anyOf":[{{s_wide}}]}""")),
        ("twice", """{"type":"object","properties":{"a":{"default":{"b":1,"b":2}}}}"""),
        ("broken-pattern", Parameter("""{"pattern":"(a"}""")),
        ("no-such-type", Parameter("""{"type":"any"}""")),
    ];

    /// <summary>A definition whose text was cut in the middle of a character.</summary>
    public const string CutShort = """{"name":"cut-short","description":"cut in \ud83d","inputSchema":{"type":"object","properties":{"text":{"description":"\udc32 cut"}}}}""";

    private static string Parameter(string schema) => $$$"""{"type":"object","properties":{"text":{{{schema}}}}}""";
}
