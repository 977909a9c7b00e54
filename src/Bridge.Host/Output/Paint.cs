using Spectre.Console;

namespace Bridge.Host.Output;

/// <summary>Colours words where colour is welcome, and leaves them alone elsewhere.</summary>
/// <param name="on">Whether colour is welcome.</param>
internal sealed class Paint(bool on)
{
    public string Green(string text) => With(text, Color.Green);

    public string Yellow(string text) => With(text, Color.Yellow);

    public string Red(string text) => With(text, Color.Red);

    public string Cyan(string text) => With(text, Color.Aqua);

    public string Dim(string text) => With(text, Color.Grey);

    private string With(string text, Color color)
    {
        if (!on)
        {
            return text;
        }

        using var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.EightBit,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = int.MaxValue;
        console.Write(new Text(text, new Style(color)));
        return writer.ToString();
    }
}
