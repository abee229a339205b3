using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Samples;

/// <summary>The gallery's page shows the usual drawings of a handshake as captures show them, and as they are drawn now.</summary>
public sealed class GalleryPageTests
{
    [Theory]
    [InlineData("tls13-aes256gcm", true)]
    [InlineData("ocsp-staple", false)]
    [InlineData("tls13-success", false)]
    public void A_usual_drawing_is_shown_as_a_sample_has_it(string sample, bool explains)
    {
        var path = Checkout.PathOf("samples", "README.md");
        var page = File.ReadAllText(path).ReplaceLineEndings("\n");
        var begin = page.IndexOf($"<!-- h2m: {sample}/", StringComparison.Ordinal);
        var end = page.IndexOf("<!-- /h2m -->", Math.Max(begin, 0), StringComparison.Ordinal);
        Assert.InRange(begin, 0, end);
        begin = page.IndexOf('\n', begin) + 1;
        var drawing = Drawing.Of(Reading.OfSample(sample), new DiagramOptions(Explain: explains), maxConnections: 8);
        Golden.Verify($"{page[..begin]}```mermaid\n{drawing.Text}```\n{page[end..]}", path);
    }
}
