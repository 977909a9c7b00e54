using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Predictions;

public class PredictionFileTests
{
    [Fact]
    public void Write_AllThatIsKnown_IsReadBack()
    {
        var prediction = new Prediction("a \"b\"", [new PredictedCall("maths.add", JsonElement.Parse("""{"a":1.0,"b":"ü"}""")) { Confidence = 0.5 }])
        {
            Caller = "embedded",
            RecordHash = "0123",
            Confidence = 0.75,
            Milliseconds = 1.5,
            Attempts = [new PredictedAttempt("invalid", 1) { Temperature = 0.2, InputTokens = 10, OutputTokens = 2 }, new PredictedAttempt("valid", 0.5)],
        };

        Prediction read = PredictionJson.TryRead(PredictionJson.Write(prediction))!;

        read.Should().BeEquivalentTo(prediction, options => options.Excluding(found => found.Calls).ComparingByMembers<Prediction>());
        read.Calls.Should().ContainSingle().Which.Arguments.GetRawText().Should().Be("""{"a":1.0,"b":"ü"}""");
        (read.Calls[0].Name, read.Calls[0].Confidence).Should().Be(("maths.add", 0.5));
    }

    [Fact]
    public void Open_FileOfAnInterruptedRun_KeepsWholeLinesAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "deeper", "out.jsonl");
        using (PredictionFile file = PredictionFile.Open(path))
        {
            file.Add(new Prediction("a", []));
            file.Add(new Prediction("b", []) { Invalid = true });
        }

        File.AppendAllText(path, """{"id":"c","cal""");
        using (PredictionFile file = PredictionFile.Open(path))
        {
            file.Kept.Keys.Should().BeEquivalentTo("a", "b");
            file.Kept["b"].Invalid.Should().BeTrue();
            file.Broken.Should().Be(1);
            file.Add(new Prediction("c", []));
        }

        using PredictionFile again = PredictionFile.Open(path);
        again.Kept.Keys.Should().BeEquivalentTo("a", "b", "c");
        again.Broken.Should().Be(0);
    }
}
