using System.Text.RegularExpressions;

namespace Bridge.Architecture.Tests;

/// <summary>Every log event has its own id and name.</summary>
public partial class LoggingTests
{
    [Fact]
    public void LogEvents_OfAllProjects_AreUniqueAndNamed()
    {
        (string Id, string Text, string Path)[] events =
        [
            .. SourceTree.Files("src").SelectMany(file => Event().Matches(file.Text)
                .Select(match => (match.Groups[1].Value, match.Value, file.Path))),
        ];
        events.Should().NotBeEmpty();
        events.Should().AllSatisfy(found => found.Text.Should().Contain("EventName", found.Path));
        events.GroupBy(found => found.Id).Where(group => group.Count() > 1).Select(group => string.Join(", ", group.Select(found => found.Path)))
            .Should().BeEmpty();
    }

    [Fact]
    public void Logging_OfAllProjects_GoesThroughGeneratedMethods()
    {
        foreach (SourceFile file in SourceTree.Files("src"))
        {
            DirectCall().IsMatch(file.Text).Should().BeFalse($"{file.Path} logs without [LoggerMessage]");
        }
    }

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)[^\]]*\]")]
    private static partial Regex Event();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex DirectCall();
}
