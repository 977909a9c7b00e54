using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Templates;

/// <summary>Renders templates as others do, in processes of their own.</summary>
internal static class ReferenceTemplates
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Renders each template for each conversation with <c>@huggingface/jinja</c>.</summary>
    public static Task<IReadOnlyList<Rendering[]>> NodeAsync(
        IEnumerable<string> templates, IReadOnlyList<JsonElement> conversations, CancellationToken cancellationToken) =>
        RenderAsync("node", NpmPackages.Script("render-templates.mjs"), templates, conversations, cancellationToken);

    /// <summary>Renders each template for each conversation with Jinja for Python; skips the test where that is not installed.</summary>
    public static Task<IReadOnlyList<Rendering[]>> PythonAsync(
        IEnumerable<string> templates, IReadOnlyList<JsonElement> conversations, CancellationToken cancellationToken)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", "import jinja2"]) { RedirectStandardError = true })!;
            python.WaitForExit();
            Assert.SkipUnless(python.ExitCode == 0, "Jinja for Python is not installed.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("Python is not installed.");
        }

        string script = Path.Combine(TestData.RepositoryRoot, "tests", "Bridge.Llama.Tests", "Templates", "render_templates.py");
        return RenderAsync("python3", script, templates, conversations, cancellationToken);
    }

    private static async Task<IReadOnlyList<Rendering[]>> RenderAsync(
        string program, string script, IEnumerable<string> templates, IReadOnlyList<JsonElement> conversations, CancellationToken cancellationToken)
    {
        string now = PublishedConversations.Now.ToString("O", CultureInfo.InvariantCulture);
        using Process process = Process.Start(new ProcessStartInfo(program, [script, now])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task writing = WriteAsync(process, templates, conversations, cancellationToken);
        var all = new List<Rendering[]>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            all.Add(JsonSerializer.Deserialize<Rendering[]>(line, s_json)!);
        }

        await writing;
        await process.WaitForExitAsync(cancellationToken);
        return all;
    }

    private static async Task WriteAsync(
        Process process, IEnumerable<string> templates, IReadOnlyList<JsonElement> conversations, CancellationToken cancellationToken)
    {
        foreach (string template in templates)
        {
            await process.StandardInput.WriteLineAsync(
                JsonSerializer.Serialize(new { template, cases = conversations }).AsMemory(), cancellationToken);
        }

        process.StandardInput.Close();
    }
}
