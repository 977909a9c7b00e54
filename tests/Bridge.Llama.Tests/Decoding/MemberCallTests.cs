using System.Text;
using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Llama.Templates;
using Bridge.Llama.Tests.Templates;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>Families that write arguments one by one: whatever is decoded reads back as valid arguments, and is what their templates write for these.</summary>
public class MemberCallTests(ITestOutputHelper output)
{
    private static readonly TemplateTool[] s_tools =
    [
        Published.Tool("report", """
            {"type": "object", "properties": {
              "text": {"type": "string", "maxLength": 40},
              "flag": {"type": "boolean"},
              "count": {"type": "integer", "minimum": -50, "maximum": 50},
              "ratio": {"type": "number", "multipleOf": 0.01, "minimum": -1000, "maximum": 1000},
              "kind": {"enum": ["a b", "c</d>", 3, null, true]},
              "note": {"type": ["string", "null"], "maxLength": 12},
              "id": {"anyOf": [{"type": "string", "maxLength": 12}, {"type": "integer", "minimum": 0, "maximum": 99}]},
              "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
              "tags": {"type": "array", "items": {"type": ["string", "integer", "boolean"], "maxLength": 12, "minimum": -9, "maximum": 9}, "maxItems": 3},
              "map": {"type": "object", "properties": {"k": {"type": "string", "maxLength": 12}, "it's": {"type": "boolean"}}, "additionalProperties": false}
            }, "required": ["text", "map"], "additionalProperties": false}
            """),
        Published.Tool("any", """{"type": "object", "additionalProperties": {"type": ["string", "integer"], "maxLength": 8, "maximum": 99}}"""),
        Published.Tool("get", """{"type": "object", "properties": {}, "additionalProperties": false}"""),
    ];

    [Fact]
    public void Calls_AtRandom_ReadBackAsValidArgumentsThatTheTemplateWritesAlike() => Prove(seeds: 12);

    [Fact]
    [Trait("Category", "Soak")]
    public void Calls_AtRandomManyTimes_ReadBackAsValidArgumentsThatTheTemplateWritesAlike() => Prove(seeds: 1_000);

    private void Prove(int seeds)
    {
        int families = 0;
        foreach (FileInfo file in PublishedTemplates.All)
        {
            ChatTemplate template = ChatTemplate.Parse(File.ReadAllText(file.FullName), Published.Texts);
            if (!template.Calls.Call.Any(piece => piece is CallPiece.Members))
            {
                continue;
            }

            var program = new CallProgram(template.Calls, [.. s_tools], maxTextLength: 60);
            program.Form.Should().Be(template.Calls, file.Name);
            for (int seed = 0; seed < seeds; seed++)
            {
                string body = RandomText.Write(program.Body(0), seed, budget: 200 + (seed % 5 * 100));
                FormCall? call = template.Calls.Read(template.Calls.Opening + body + template.Calls.Closing, s_tools)?.SingleOrDefault();
                call.Should().NotBeNull($"{file.Name} wrote {body}");
                s_tools.Single(tool => tool.Name == call!.Name).Schema.IsValid(call!.Arguments.ToArray()).Should().BeTrue($"{file.Name} wrote {body}, which is {Encoding.UTF8.GetString(call.Arguments.Span)}");
                if (!template.Calls.IsOwn || IsWrittenOtherwise(file.Name, call))
                {
                    continue;
                }

                IsWrittenAlike(template, call).Should().BeTrue($"{file.Name} wrote {body}, and its template another text for it");
            }

            families++;
        }

        output.WriteLine($"{families} families, {families * seeds} calls.");
        families.Should().Be(25);
    }

    /// <summary>Whether a template departs from its own form.</summary>
    private static bool IsWrittenOtherwise(string template, FormCall call)
    {
        IEnumerable<JsonElement> values = JsonElement.Parse(call.Arguments.Span).EnumerateObject().Select(member => member.Value);
        return template switch
        {
            // None writes nothing in Bridge's templates, and its name in Python's.
            "google-gemma-4-31B-it.jinja" or "google-gemma-4-31B-it-interleaved.jinja" or "openbmb-MiniCPM5-1B.jinja" => values.Any(value => value.ValueKind == JsonValueKind.Null),

            // It puts text into Python's quotes without escaping it.
            "LFM2.5-8B-A1B.jinja" => values.Any(value => value.ValueKind == JsonValueKind.String && value.GetString()!.Any(character => character is '\'' or '\\' || char.IsControl(character))),
            _ => false,
        };
    }

    /// <summary>Whether the template's own text for a call reads back as the call.</summary>
    private static bool IsWrittenAlike(ChatTemplate template, FormCall call)
    {
        var arguments = JsonElement.Parse(call.Arguments.Span);
        ChatMessage[] conversation =
        [
            new(ChatRole.User, "Ask."),
            new(ChatRole.Assistant, [new FunctionCallContent("1", call.Name, arguments.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value))]),
        ];
        string prompt = template.Render(conversation, s_tools, new TemplateOptions { AddGenerationPrompt = false }).Text;
        string opening = template.Calls.Opening + ((template.Calls.Call[0] as CallPiece.Literal)?.Text ?? "") + call.Name;
        int start = prompt.LastIndexOf(opening, StringComparison.Ordinal);
        for (int end = prompt.Length; start >= 0 && end > start; end--)
        {
            if (template.Calls.Read(prompt[start..end], s_tools) is [var read])
            {
                return read.Name == call.Name && JsonElement.DeepEquals(JsonElement.Parse(read.Arguments.Span), arguments);
            }
        }

        return false;
    }
}
