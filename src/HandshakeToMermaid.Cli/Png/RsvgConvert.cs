using System.Globalization;

namespace HandshakeToMermaid.Cli.Png;

/// <summary><c>rsvg-convert</c> of librsvg.</summary>
internal sealed class RsvgConvert(string location) : PictureProgram(location)
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Arguments(string source, string target, PictureSize size)
        => ["--zoom", size.Scale.ToString(CultureInfo.InvariantCulture), "--format", "png", "--output", target, source];
}
