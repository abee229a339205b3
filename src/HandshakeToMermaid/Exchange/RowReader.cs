using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Exchange;

/// <summary>
/// Reads connections from their JSON, as <c>h2m list --json --drawable</c> writes it: one object per line, or an array. What is drawn of them is
/// what was drawn of the capture, up to <see cref="Protocols.Contracts.Detail.Normal"/>.
/// </summary>
/// <param name="limits">The caps that hold.</param>
internal sealed class RowReader(AnalyzerLimits limits)
{
    private readonly Dictionary<string, EncapsulationPath> tunnels = new(StringComparer.Ordinal);
    private int rows;

    /// <summary>True where a text begins as rows do: no capture begins so.</summary>
    public static bool BeginsRows(ReadOnlySpan<byte> start) => start is [(byte)'{' or (byte)'[', ..] or [0xEF, 0xBB, 0xBF, (byte)'{' or (byte)'[', ..];

    /// <summary>The connections, one at a time.</summary>
    /// <param name="stream">The text, at its start.</param>
    /// <param name="name">What the text is called in a sentence.</param>
    /// <exception cref="RowException">What follows cannot be drawn; what was handed out before stays true.</exception>
    public IEnumerable<DiagnosedConnection> Read(Stream stream, string name)
    {
        var splitter = new RowSplitter(stream, limits);
        while (Next(splitter, name) is { } connection) yield return connection;
    }

    private DiagnosedConnection? Next(RowSplitter splitter, string name)
    {
        try
        {
            if (splitter.Next() is not { } text) return null;
            if (++rows > limits.Rows) throw new RowException($"only {limits.Rows} rows are drawn at once");
            using var parsed = JsonDocument.Parse(text, Options);
            return new RowConnection(new RowValue(parsed.RootElement, "", limits), tunnels).Read();
        }
        catch (JsonException wrong)
        {
            throw new RowException($"{name}, line {splitter.Line + (wrong.LineNumber ?? 0)}: this is no JSON, or is nested deeper than {Options.MaxDepth} levels.", wrong);
        }
        catch (RowException wrong)
        {
            throw new RowException($"{name}, line {splitter.Line}: {wrong.Message}.", wrong);
        }
    }

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };
}
