using Bridge.Host.Terminal;
using Bridge.Llama.Downloads;
using Spectre.Console;

namespace Bridge.Host.Output;

/// <summary>Bars on a terminal's error output that say how far downloads are; nothing elsewhere.</summary>
internal static class DownloadBar
{
    /// <summary>Runs something that fetches files.</summary>
    /// <param name="environment">The process.</param>
    /// <param name="fetch">What fetches, and tells how far it is.</param>
    public static async Task<T> RunAsync<T>(CommandEnvironment environment, Func<IProgress<DownloadProgress>?, Task<T>> fetch)
    {
        if (!environment.ErrorIsTerminal)
        {
            return await fetch(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(environment.Error),
        });
        return await console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new DownloadedColumn(),
                new TransferSpeedColumn(),
                new RemainingTimeColumn())
            .StartAsync(context => fetch(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<DownloadProgress>
    {
        private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);

        public void Report(DownloadProgress value)
        {
            if (!_bars.TryGetValue(value.File, out ProgressTask? bar))
            {
                bar = context.AddTask(Markup.Escape(value.File));
                _bars.Add(value.File, bar);
            }

            bar.MaxValue = value.Total ?? Math.Max(value.Done, 1);
            bar.IsIndeterminate = value.Total is null;
            bar.Value = value.Done;
        }
    }
}
