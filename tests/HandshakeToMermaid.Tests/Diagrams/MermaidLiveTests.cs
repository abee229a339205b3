using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json;
using HandshakeToMermaid.Diagrams.Links;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>Links carry the diagram in their fragment.</summary>
public sealed class MermaidLiveTests
{
    [Fact]
    public void What_a_link_carries_reads_back()
    {
        foreach (var text in HostileText.Known.Where(t => !t.Any(char.IsSurrogate)))
        {
            var source = $"sequenceDiagram\n    A->>B: {text}\n";
            var link = MermaidLive.LinkTo(source);
            Assert.StartsWith("https://mermaid.live/view#pako:", link, StringComparison.Ordinal);
            Assert.DoesNotContain('=', link);
            using var zlib = new ZLibStream(new MemoryStream(Base64Url.DecodeFromChars(link.AsSpan(link.IndexOf(':', 8) + 1))), CompressionMode.Decompress);
            using var state = JsonDocument.Parse(zlib);
            Assert.Equal(source, state.RootElement.GetProperty("code").GetString());
            Assert.Equal("{\n  \"theme\": \"default\"\n}", state.RootElement.GetProperty("mermaid").GetString());
        }
    }
}
