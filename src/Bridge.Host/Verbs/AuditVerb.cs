using System.Collections.Immutable;
using System.CommandLine;
using Bridge.Audit;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Storage;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge audit</c>: the calls there were.</summary>
internal static class AuditVerb
{
    private const int DefaultLimit = 100;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private static readonly OrderedDictionary<string, Func<AuditRecord, string?>> s_keys = new(StringComparer.Ordinal)
    {
        ["tool"] = entry => entry.Tool,
        ["client"] = entry => entry.Identity,
        ["caller"] = entry => entry.Caller,
    };

    private static readonly Option<string?> s_since = new("--since") { Description = "From then on: a time ago such as 30m, 2h or 7d, or a date or time, in UTC unless it says otherwise.", HelpName = "TIME" };

    private static readonly Option<string?> s_until = new("--until") { Description = "Before then, written the same way.", HelpName = "TIME" };

    private static readonly Option<string?> s_tool = new("--tool") { Description = "Calls of this tool: an id or a glob such as 'files/*'.", HelpName = "ID-OR-GLOB" };

    private static readonly Option<string?> s_client = new("--client") { Description = "Calls of this client, as a call's line names it.", HelpName = "ID" };

    private static readonly Option<string?> s_outcome = new("--outcome") { Description = "What became of them: a status such as succeeded, a reason such as timed_out, refused, or unfinished.", HelpName = "OUTCOME" };

    private static readonly Option<int> s_limit = new("--limit") { Description = "The newest so many.", HelpName = "COUNT", DefaultValueFactory = _ => DefaultLimit };

    private static readonly Option<bool> s_follow = new("--follow", "-f") { Description = "Go on with calls as they end, until Ctrl+C." };

    private static readonly Option<string?> s_by = By();

    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("audit", "List the calls there were: when, what, who, and what became of it; or sum them up.")
        {
            Examples =
            [
                ("bridge audit --since 2h --outcome failed", "what failed in the last two hours"),
                ("bridge audit --tool 'files/*' --client local", "one client's calls of one server's tools"),
                ("bridge audit --outcome unfinished", "calls that run, and those whose process died"),
                ("bridge audit --by tool --since 7d", "for each tool, how many calls, what became of them and how long they took"),
                ("bridge audit --follow --json", "one line of JSON for each call, as they end"),
            ],
        };
        foreach (Option option in (Option[])[s_since, s_until, s_tool, s_client, s_outcome, s_limit, s_follow, s_by])
        {
            verb.Add(option);
        }

        verb.Runs(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        AuditFilter filter = FilterOf(context);
        int limit = context.Parsed.GetValue(s_limit);
        if (limit < 1)
        {
            throw new VerbException(ExitCode.Usage, $"'{limit}' is not allowed for '--limit': write a number from 1.");
        }

        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        var reader = new AuditReader(DataFolder.Open(settings.DataFolder)) { Since = filter.Since ?? default };
        var query = new AuditQuery(reader, filter);
        var text = new AuditText(context.Environment, context.Json);
        if (context.Parsed.GetValue(s_by) is { } by)
        {
            await SumAsync(context, query, by, cancellationToken);
            text.WriteDamage(reader);
            return ExitCode.Ok;
        }

        AuditPage page = await query.NewestAsync(limit, cancellationToken);
        foreach (AuditRecord entry in page.Calls)
        {
            text.Write(entry);
        }

        if (page.Matched > page.Calls.Length)
        {
            await context.Error.WriteLineAsync($"These are the newest {page.Calls.Length} of {page.Matched} calls; '--limit' shows more.");
        }

        text.WriteDamage(reader);
        if (context.Parsed.GetValue(s_follow))
        {
            await FollowAsync(query, text, context.Environment.Clock, cancellationToken);
        }

        return ExitCode.Ok;
    }

    private static async Task SumAsync(VerbContext context, AuditQuery query, string by, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(s_follow))
        {
            throw new VerbException(ExitCode.Usage, "'--follow' lists calls one by one and '--by' sums them up: write one of the two.");
        }

        int limit = context.Parsed.GetValue(s_limit);
        ImmutableArray<CallStatistics> sums = await query.SumAsync(s_keys[by], cancellationToken);
        new AuditSums(context.Environment, context.Json).Write(by, [.. sums.Take(limit)]);
        if (sums.Length > limit)
        {
            await context.Error.WriteLineAsync($"These are the {limit} with the most calls of {sums.Length}; '--limit' shows more.");
        }
    }

    private static Option<string?> By()
    {
        var option = new Option<string?>("--by") { Description = "Sum the calls up by this instead of listing them: how many, what became of them, how long they took.", HelpName = string.Join('|', s_keys.Keys) };
        option.AcceptOnlyFromAmong([.. s_keys.Keys]);
        return option;
    }

    /// <summary>Looks again and again: files tell nobody that they grew on every system and mount alike.</summary>
    private static async Task FollowAsync(AuditQuery query, AuditText text, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(s_pause, clock, cancellationToken);
            await foreach (AuditRecord entry in query.NextAsync(cancellationToken))
            {
                text.Write(entry);
            }
        }
    }

    private static AuditFilter FilterOf(VerbContext context)
    {
        string? outcome = context.Parsed.GetValue(s_outcome);
        if (outcome is not null && !AuditFilter.Outcomes.Contains(outcome))
        {
            throw new VerbException(ExitCode.Usage, $"'{outcome}' is not allowed for '--outcome': write one of '{string.Join("', '", AuditFilter.Outcomes)}'.");
        }

        return new AuditFilter
        {
            Since = PastTime.Of(context, s_since),
            Until = PastTime.Of(context, s_until),
            Tool = context.Parsed.GetValue(s_tool),
            Client = context.Parsed.GetValue(s_client),
            Outcome = outcome,
        };
    }
}
