using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace HandshakeToMermaid.Diagrams.Links;

/// <summary>
/// Links to mermaid.live. The editor reads its state from the fragment: JSON, compressed by zlib (RFC 1950), in base64url
/// without padding (RFC 4648 section 5), behind "pako:".
/// </summary>
internal static class MermaidLive
{
    /// <summary>The link that shows a diagram.</summary>
    public static string LinkTo(string source)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(State(source));
        return View + Base64Url.EncodeToString(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private static byte[] State(string source)
    {
        using var state = new MemoryStream();
        using (var json = new Utf8JsonWriter(state))
        {
            json.WriteStartObject();
            json.WriteString("code"u8, source);
            json.WriteString("mermaid"u8, Encoding.UTF8.GetBytes("{\n  \"theme\": \"default\"\n}"));
            json.WriteBoolean("grid"u8, value: true);
            json.WriteBoolean("panZoom"u8, value: true);
            json.WriteBoolean("rough"u8, value: false);
            json.WriteBoolean("updateDiagram"u8, value: true);
            json.WriteEndObject();
        }
        return state.ToArray();
    }

    private const string View = "https://mermaid.live/view#pako:";
}
