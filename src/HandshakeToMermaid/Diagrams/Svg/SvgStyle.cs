namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>
/// The picture's colours, light and dark, as one style sheet. The background is opaque: a picture that is shown by an
/// img element follows the reader's system, not the page around it. Plain rules and no variables, so that programs that
/// turn SVG into PNG read them too.
/// </summary>
internal static class SvgStyle
{
    public const string Sheet = """
        .h2m text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:#1f2328;text-anchor:middle}
        .h2m .start{text-anchor:start}.h2m .strong{font-weight:600}.h2m .soft{fill:#59636e}
        .h2m .page{fill:#fff;stroke:#d1d9e0}.h2m .life{stroke:#c8d1da;stroke-width:1.5}
        .h2m .who rect{fill:#f6f8fa;stroke:#afb8c1}
        .h2m .line{stroke:#424a53;stroke-width:1.5;fill:none}.h2m .answer{stroke-dasharray:5 4}.h2m .head{fill:#424a53}
        .h2m .stop{stroke:#cf222e;stroke-width:2.2;fill:none}
        .h2m .number rect{fill:#57606a}.h2m .number text{fill:#fff;font-size:10px;font-weight:600}
        .h2m .dead .number rect{fill:#cf222e}.h2m .dead .line{stroke:#cf222e}
        .h2m .note rect{fill:#f6f8fa;stroke:#d1d9e0}
        .h2m .halo{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
        .h2m .dns .field{fill:#eef6ff}.h2m .dns .bar{fill:#d8eaff}.h2m .dns .name{fill:#0a4a94}.h2m .dns .halo{stroke:#eef6ff}
        .h2m .tcp .field{fill:#effaf2}.h2m .tcp .bar{fill:#d3f3dc}.h2m .tcp .name{fill:#116329}.h2m .tcp .halo{stroke:#effaf2}
        .h2m .tls .field{fill:#f7f3ff}.h2m .tls .bar{fill:#e8dcff}.h2m .tls .name{fill:#5a2fa6}.h2m .tls .halo{stroke:#f7f3ff}
        .h2m .data .field{fill:#f6f8fa}.h2m .data .bar{fill:#e6eaef}.h2m .data .name{fill:#424a53}.h2m .data .halo{stroke:#f6f8fa}
        .h2m .attempt .field{fill:#fff9e9}.h2m .attempt .bar{fill:#ffecb5}.h2m .attempt .name{fill:#744500}.h2m .attempt .halo{stroke:#fff9e9}
        .h2m .failure .field{fill:#fff1f0}.h2m .failure .bar{fill:#ffd8d3}.h2m .failure .name{fill:#a40e26}.h2m .failure .halo{stroke:#fff1f0}
        .h2m .good rect{fill:#dafbe1;stroke:#4ac26b}.h2m .bad rect{fill:#ffebe9;stroke:#ff8182}
        .h2m .step:focus{outline:none}.h2m .step .hit{fill:transparent}
        .h2m .step[tabindex]{cursor:pointer}.h2m .step[tabindex]:hover .hit{fill:#0969da;fill-opacity:.08}
        .h2m .step[tabindex]:focus-visible .hit,.h2m .step[aria-pressed=true] .hit{fill:#0969da;fill-opacity:.12;stroke:#0969da;stroke-width:1.5}
        @media (prefers-color-scheme:dark){
        .h2m text{fill:#e6edf3}.h2m .soft{fill:#9aa4af}
        .h2m .page{fill:#0d1117;stroke:#30363d}.h2m .life{stroke:#3d444d}
        .h2m .who rect{fill:#161b22;stroke:#484f58}
        .h2m .line{stroke:#b7c0ca}.h2m .head{fill:#b7c0ca}.h2m .stop{stroke:#ff7b72}
        .h2m .number rect{fill:#c9d1d9}.h2m .number text{fill:#0d1117}
        .h2m .dead .number rect{fill:#ff7b72}.h2m .dead .line{stroke:#ff7b72}
        .h2m .note rect{fill:#161b22;stroke:#3d444d}
        .h2m .halo{stroke:#0d1117}
        .h2m .dns .field{fill:#0f1c2e}.h2m .dns .bar{fill:#15304f}.h2m .dns .name{fill:#9ecbff}.h2m .dns .halo{stroke:#0f1c2e}
        .h2m .tcp .field{fill:#0f2117}.h2m .tcp .bar{fill:#163a22}.h2m .tcp .name{fill:#7ee787}.h2m .tcp .halo{stroke:#0f2117}
        .h2m .tls .field{fill:#1b1530}.h2m .tls .bar{fill:#2f2353}.h2m .tls .name{fill:#d2b3ff}.h2m .tls .halo{stroke:#1b1530}
        .h2m .data .field{fill:#151b23}.h2m .data .bar{fill:#262d36}.h2m .data .name{fill:#c9d1d9}.h2m .data .halo{stroke:#151b23}
        .h2m .attempt .field{fill:#211a0b}.h2m .attempt .bar{fill:#3e2e0a}.h2m .attempt .name{fill:#e3b341}.h2m .attempt .halo{stroke:#211a0b}
        .h2m .failure .field{fill:#2a1412}.h2m .failure .bar{fill:#571f1b}.h2m .failure .name{fill:#ffb3ac}.h2m .failure .halo{stroke:#2a1412}
        .h2m .good rect{fill:#12261a;stroke:#2ea043}.h2m .bad rect{fill:#2d1214;stroke:#da3633}
        .h2m .step[tabindex]:hover .hit{fill:#58a6ff;fill-opacity:.1}
        .h2m .step[tabindex]:focus-visible .hit,.h2m .step[aria-pressed=true] .hit{fill:#58a6ff;fill-opacity:.16;stroke:#58a6ff}
        }
        """;
}
