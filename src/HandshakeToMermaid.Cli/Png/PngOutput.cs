using System.Text;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;

namespace HandshakeToMermaid.Cli.Png;

/// <summary>The SVG as a PNG of twice its size, painted by a program of the user's: no library of ours can paint text.</summary>
/// <param name="find">Finds that program; null where there is none.</param>
internal sealed class PngOutput(Func<PictureProgram?> find) : IDiagramOutput
{
    public PngOutput()
        : this(PictureProgram.Find)
    {
    }

    /// <inheritdoc/>
    public string Name => "png";

    /// <inheritdoc/>
    public IReadOnlyList<string> Endings => [".png"];

    /// <inheritdoc/>
    public bool DrawsTimelines => Drawn.DrawsTimelines;

    /// <summary>Fails before any work is done where nothing can paint.</summary>
    /// <exception cref="UsageException">There is no program for it.</exception>
    public void Require() => _ = Program;

    /// <inheritdoc/>
    public int? MaxDrawnOf(OutputRequest request) => Drawn.MaxDrawnOf(request);

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    /// <exception cref="OutputException">The program painted nothing.</exception>
    public RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request) => Paint(Drawn.Render(connections, request));

    /// <inheritdoc/>
    /// <exception cref="OutputException">The program painted nothing.</exception>
    public RenderResult Compare(CaptureComparison comparison, OutputRequest request) => Paint(Drawn.Compare(comparison, request)!);

    private RenderResult Paint(RenderResult drawn)
    {
        var remarks = new List<string>(drawn.Remarks);
        var pictures = drawn.Files.Select(file => Paint(file, remarks)).ToList();
        return new RenderResult([.. pictures.Select(picture => (Action<Stream>)(stream => stream.Write(picture)))], [.. remarks, $"PNG drawn by {Program.Location}."]);
    }

    private byte[] Paint(Action<Stream> svg, List<string> remarks)
    {
        var text = TextOf(svg);
        var size = PictureSize.Of(text);
        if (size.Scale < 1) remarks.Add($"The picture of {size.Width} x {size.Height} pixels is reduced to {size.Scale * 100:0} %: select fewer connections, or write an SVG.");
        return Program.Paint(text, size);
    }

    private static string TextOf(Action<Stream> svg)
    {
        using var memory = new MemoryStream();
        svg(memory);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private PictureProgram Program => find() ?? throw new UsageException(PictureProgram.HowToGetOne);

    /// <summary>What is painted.</summary>
    internal static IDiagramOutput Drawn { get; } = new SvgOutput(isLightOnly: true);
}
