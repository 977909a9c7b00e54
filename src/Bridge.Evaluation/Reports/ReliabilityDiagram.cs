using System.Globalization;
using System.Text;
using Bridge.Evaluation.Summaries;

namespace Bridge.Evaluation.Reports;

/// <summary>A reliability diagram as SVG: the share of right answers over the confidence they had; on the diagonal, confidence is what it says.</summary>
internal static class ReliabilityDiagram
{
    private const int Size = 320;
    private const int Edge = 40;

    /// <summary>Draws it.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <returns>An <c>svg</c> element.</returns>
    public static string Write(Calibration calibration)
    {
        var svg = new StringBuilder();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Size + (2 * Edge)}\" height=\"{Size + (2 * Edge)}\" role=\"img\" aria-label=\"Reliability diagram\">\n");
        Add($"<rect x=\"{Edge}\" y=\"{Edge}\" width=\"{Size}\" height=\"{Size}\" fill=\"none\" stroke=\"#999\"/>\n");
        foreach (CalibrationBin bin in calibration.Bins)
        {
            double height = Size * bin.Accuracy;
            Add($"<rect x=\"{X(bin.From):0.#}\" y=\"{Y(bin.Accuracy):0.#}\" width=\"{Size * (bin.To - bin.From):0.#}\" height=\"{height:0.#}\" fill=\"#4a7ebb\" stroke=\"#fff\"><title>{bin.Count} answers, {100 * bin.Accuracy:0.0} % right, mean confidence {bin.Confidence:0.000}</title></rect>\n");
            Add($"<circle cx=\"{X(bin.Confidence):0.#}\" cy=\"{Y(bin.Accuracy):0.#}\" r=\"4\" fill=\"#c0504d\"/>\n");
        }

        Add($"<line x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\" stroke=\"#666\" stroke-dasharray=\"5 4\"/>\n");
        foreach (double tick in (double[])[0, 0.5, 1])
        {
            Add($"<text x=\"{X(tick)}\" y=\"{Y(0) + 18}\" font-size=\"12\" text-anchor=\"middle\">{tick}</text><text x=\"{Edge - 8}\" y=\"{Y(tick) + 4}\" font-size=\"12\" text-anchor=\"end\">{tick}</text>\n");
        }

        Add($"<text x=\"{X(0.5)}\" y=\"{Y(0) + 34}\" font-size=\"12\" text-anchor=\"middle\">confidence</text><text x=\"{Edge}\" y=\"{Edge - 10}\" font-size=\"12\">share right</text>\n</svg>\n");
        return svg.ToString();

        void Add(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
    }

    private static double X(double confidence) => Edge + (Size * confidence);

    private static double Y(double share) => Edge + (Size * (1 - share));
}
