using System.Text;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Exchange;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>Connections in JSON, which <c>h2m convert</c> draws: each row is drawn or refused in a sentence, however its bytes arrive.</summary>
internal sealed class RowsTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "rows";

    /// <inheritdoc/>
    public override string Summary => "connections in JSON: read as they come, and drawn in every form";

    /// <inheritdoc/>
    public override Grammar Grammar => JsonGrammar.Rows;

    /// <inheritdoc/>
    public override int LargestInput => 256 * 1024;

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (64_000_000, 4_000);

    /// <inheritdoc/>
    public override int ShortRun => 150;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Split(' ').Select(Encoding.UTF8.GetBytes)];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        if (CaptureReading.Connections(material.File, threads: 1) is not { Count: > 0 } found) yield break;
        using var array = new MemoryStream();
        OutputCatalog.All.Single(output => output.Name == "json").Render(found, new OutputRequest { IsDrawable = true }).Files[0](array);
        yield return array.ToArray();
        using var lines = new MemoryStream();
        foreach (var connection in found) lines.Write(RowOf(connection));
        yield return lines.ToArray();
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var number = CaptureReading.NumberOf(input);
        Invariant.Same(Said(new MemoryStream(input), number), Said(new Trickle(input), number), "same answer however the bytes arrive");
    }

    private static string Said(Stream stream, int number)
    {
        var found = new List<DiagnosedConnection>();
        var refused = "";
        using (stream)
        {
            try
            {
                found.AddRange(new RowReader(AnalyzerLimits.Default).Read(stream, "rows.ndjson"));
            }
            catch (RowException wrong)
            {
                refused = wrong.Message;
                if (!refused.EndsWith('.')) throw new InvariantException("a refusal is a sentence", refused);
                Invariant.NothingHidden(refused, "a refusal shows every character");
            }
        }

        return ConnectionCheck.All(found, number, areRows: true) + refused;
    }

    private static byte[] RowOf(DiagnosedConnection connection)
    {
        using var row = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(row, Diagrams.Json.VisibleJsonEncoder.Options(isIndented: false))) Diagrams.Json.ConnectionJson.Write(json, connection, isDrawable: true);
        row.WriteByte((byte)'\n');
        return row.ToArray();
    }

    /// <summary>Gives a few bytes at a time, as a pipe may.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }

    private const string Words =
        "null true false 0 -1 1 65535 65536 4294967296 9007199254740992 9223372036854775807 1e400 -0.0 0.1 \"\" \"a\" \"\\ud800\" \"\\u202e\" \"\\u0000\" \"\\u001b[2J\" \"%%{init}%%\" \"end\" \"#59;\" \"<script>\" [] {} [0,0] [1,-1000000000000000000] [1,1000000000000000000] [9007199254740992,0] "
        + "\"::\" \"10.0.0.1\" \"1900-01-01T00:00:00.0Z\" \"2200-12-31T23:59:59.999999999Z\" \"forward\" \"reverse\" \"resolution\" \"transport\" \"handshake\" \"close\" \"dns\" \"tcp\" \"tls\" \"client\" \"server\" \"resolver\" \"full\" \"error\" \"warning\" \"established\" \"inferred\" \"decrypted\"";
}
