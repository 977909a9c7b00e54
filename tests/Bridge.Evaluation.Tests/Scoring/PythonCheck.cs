using System.Diagnostics;
using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Scoring;

/// <summary>The published rules as <c>bfcl_check.py</c> of the evaluation data writes them down, run by Python.</summary>
internal static class PythonCheck
{
    /// <summary>What Python finds wrong, by record; records it finds right are not there.</summary>
    public static async Task<Dictionary<string, string>> MistakesAsync(string gold, IEnumerable<Prediction> predictions)
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("predictions.jsonl", string.Join('\n', predictions.Select(PredictionJson.Write)));
        string errors = Path.Combine(folder.Path, "errors.jsonl");
        using Process python = Process.Start(new ProcessStartInfo("python3", [TestData.Require("eval/bfcl_check.py"), gold, "--pred", input, "--errors", errors])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> said = python.StandardError.ReadToEndAsync();
        await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        python.ExitCode.Should().Be(0, await said);
        return File.ReadLines(errors).Select(line => JsonElement.Parse(line))
            .ToDictionary(line => line.GetProperty("id").GetString()!, line => line.GetProperty("reason").GetString()!);
    }

    /// <summary>Skips the test where there is no Python.</summary>
    public static void RequirePython()
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            python.WaitForExit();
            Assert.SkipWhen(python.ExitCode != 0, "'python3' does not run.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no 'python3'.");
        }
    }
}
