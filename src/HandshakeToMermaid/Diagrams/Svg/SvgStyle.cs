using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>
/// The picture's colours, light and dark, as one style sheet. The background is opaque: a picture that is shown by an
/// img element follows the reader's system, not the page around it. Plain rules and no variables, so that programs that
/// turn SVG into PNG read them too.
/// </summary>
internal static class SvgStyle
{
    /// <summary>The sheet for pictures whose bands have these colors, and those of the library's own phases.</summary>
    /// <param name="colors">The colours of the bands.</param>
    /// <param name="isLightOnly">True for the light colours alone.</param>
    public static string SheetFor(IEnumerable<BandColor?> colors, bool isLightOnly = false)
    {
        var all = Own.Concat(colors.OfType<BandColor>()).Distinct().ToList();
        var light = $"{Page}\n{Bands(all, c => c.Light)}\n{Verdicts}";
        return isLightOnly ? light : $"{light}\n{DarkPage}\n{Bands(all, c => c.Dark)}\n{DarkVerdicts}";
    }

    private static string Bands(IReadOnlyList<BandColor> colors, Func<BandColor, BandTheme> theme)
        => string.Join('\n', colors.Select(c => Band(c.Name, theme(c))));

    private static string Band(string name, BandTheme theme)
        => $".h2m .{name} .field{{fill:{theme.Field}}}.h2m .{name} .bar{{fill:{theme.Bar}}}.h2m .{name} .name{{fill:{theme.Text}}}.h2m .{name} .halo{{stroke:{theme.Field}}}";

    private static readonly BandColor[] Own = [BandColor.Blue, BandColor.Green, BandColor.Purple, BandColor.Gray, BandColor.Amber, BandColor.Red, BandColor.DeepPurple, BandColor.Failed, BandColor.Warned, BandColor.Succeeded];

    private const string Page = """
        .h2m text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:#1f2328;text-anchor:middle}
        .h2m .start{text-anchor:start}.h2m .end{text-anchor:end}.h2m .strong{font-weight:600}.h2m .soft{fill:#59636e}
        .h2m .page{fill:#fff;stroke:#d1d9e0}.h2m .life{stroke:#c8d1da;stroke-width:1.5}
        .h2m .who rect{fill:#f6f8fa;stroke:#afb8c1}
        .h2m .line{stroke:#424a53;stroke-width:1.5;fill:none}.h2m .answer{stroke-dasharray:5 4}.h2m .head{fill:#424a53}
        .h2m .stop{stroke:#424a53;stroke-width:2.2;fill:none}
        .h2m .number rect{fill:#57606a}.h2m .number text{fill:#fff;font-weight:600}
        .h2m .dead .number rect{fill:#cf222e}.h2m .dead .line,.h2m .dead .stop{stroke:#cf222e}
        .h2m .attempt .dead .number rect{fill:#9a6700}.h2m .attempt .dead .line,.h2m .attempt .dead .stop{stroke:#9a6700}
        .h2m .note rect{fill:#f6f8fa;stroke:#d1d9e0}
        .h2m .halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
        """;

    private const string Verdicts = """
        .h2m .bad rect{fill:#ffebe9;stroke:#ff8182}.h2m .bad text{fill:#8a0a1f;font-weight:600}
        .h2m .warn rect{fill:#fff8c5;stroke:#d4a72c}.h2m .warn text{fill:#5f3900;font-weight:600}
        .h2m .wait rect{fill:#fff;stroke:#818b98;stroke-dasharray:3 3}.h2m .wait text{fill:#59636e}
        .h2m .said .soft{fill:inherit}.h2m .fail{fill:#b3121d;font-weight:600}.h2m .pass{fill:#116329}
        .h2m .step:focus{outline:none}.h2m .step .hit{fill:transparent}
        .h2m .step[tabindex]{cursor:pointer}.h2m .step[tabindex]:hover .hit{fill:#0969da;fill-opacity:.08}
        .h2m .step[tabindex]:focus-visible .hit,.h2m .step[aria-pressed=true] .hit{fill:#0969da;fill-opacity:.12;stroke:#0969da;stroke-width:1.5}
        """;

    private const string DarkPage = """
        @media screen and (prefers-color-scheme:dark){
        .h2m text{fill:#e6edf3}.h2m .soft{fill:#9aa4af}
        .h2m .page{fill:#0d1117;stroke:#30363d}.h2m .life{stroke:#3d444d}
        .h2m .who rect{fill:#161b22;stroke:#484f58}
        .h2m .line{stroke:#b7c0ca}.h2m .head{fill:#b7c0ca}.h2m .stop{stroke:#b7c0ca}
        .h2m .number rect{fill:#c9d1d9}.h2m .number text{fill:#0d1117}
        .h2m .dead .number rect{fill:#ff7b72}.h2m .dead .line,.h2m .dead .stop{stroke:#ff7b72}
        .h2m .attempt .dead .number rect{fill:#e3b341}.h2m .attempt .dead .line,.h2m .attempt .dead .stop{stroke:#e3b341}
        .h2m .note rect{fill:#161b22;stroke:#3d444d}
        .h2m .halo{stroke:#0d1117}
        """;

    private const string DarkVerdicts = """
        .h2m .bad rect{fill:#4a1b18;stroke:#da3633}.h2m .bad text{fill:#ffc9c4}
        .h2m .warn rect{fill:#382809;stroke:#bb8009}.h2m .warn text{fill:#f0c96a}
        .h2m .wait rect{fill:#0d1117;stroke:#7d8590}.h2m .wait text{fill:#9aa4af}
        .h2m .said .soft{fill:inherit}.h2m .fail{fill:#ff7b72}.h2m .pass{fill:#7ee787}
        .h2m .step[tabindex]:hover .hit{fill:#58a6ff;fill-opacity:.1}
        .h2m .step[tabindex]:focus-visible .hit,.h2m .step[aria-pressed=true] .hit{fill:#58a6ff;fill-opacity:.16;stroke:#58a6ff}
        }
        """;
}
