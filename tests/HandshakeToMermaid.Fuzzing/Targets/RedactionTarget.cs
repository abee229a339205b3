using HandshakeToMermaid.Capture.PcapNg;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Redaction.Captures;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>What <c>h2m redact</c> and <c>--redact</c> make of a capture: one that can be read again, or nothing where an original would be left.</summary>
internal sealed class RedactionTarget : CaptureTarget
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <inheritdoc/>
    public override string Name => "redaction";

    /// <inheritdoc/>
    public override string Summary => "redacted captures can be read and have as many frames as were kept; redacted diagrams hold no original";

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (64_000_000, 8_000);

    /// <inheritdoc/>
    public override int ShortRun => 40;

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        if (CaptureReading.Connections(input, threads: 1) is not { } connections) return;
        Drawn(connections, CaptureReading.NumberOf(input));
        if (Rewritten(input, connections, out var written) is not { } redacted) return;
        Invariant.Same(Convert.ToHexString(redacted), Convert.ToHexString(Rewritten(input, connections, out _)!), "redaction is deterministic");
        using (var again = CaptureReading.Open(redacted) ?? throw new InvariantException("a redacted capture is a capture", "it is refused"))
        {
            long frames = 0;
            while (again.TryRead(out _)) frames++;
            if (frames != written || again.Damages.Count > 0) throw new InvariantException("a redacted capture is a capture", $"{frames} of {written} frames, {string.Join(", ", again.Damages)}");
        }
    }

    /// <summary>The rewritten capture; null where it is refused because it would hold an original.</summary>
    private static byte[]? Rewritten(byte[] input, List<Diagnosis.DiagnosedConnection> connections, out long written)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = Key });
        var check = new CaptureLeakCheck(pseudonyms);
        foreach (var connection in connections) check.Note(connection.Connection);
        var redaction = new CaptureRedaction(pseudonyms, Key, LinkTypeCatalog.All, TunnelCatalog.All);
        using (var source = CaptureReading.Open(input)!)
        {
            while (source.TryRead(out var frame)) redaction.Collect(frame);
        }

        redaction.Rewrite();
        using var memory = new MemoryStream();
        using (var writer = new PcapNgWriter(memory, "redacted", 262_144))
        {
            using var again = CaptureReading.Open(input)!;
            try
            {
                while (again.TryRead(out var frame))
                {
                    if (!redaction.TryRewrite(frame, out var rewritten)) continue;
                    check.Check(rewritten.Data);
                    writer.Write(rewritten);
                }
            }
            catch (LeakException)
            {
                written = 0;
                return null;
            }
        }

        written = redaction.Written;
        return memory.ToArray();
    }

    /// <summary>The search may refuse an output; what it lets pass is drawn as any other.</summary>
    private static void Drawn(List<Diagnosis.DiagnosedConnection> connections, int number)
    {
        using var redactor = new Redactor(new RedactionOptions { Key = Key, ShiftsTimes = number % 2 == 0, Addresses = (AddressScheme)(number / 2 % 2) });
        try
        {
            ConnectionCheck.All(connections.ConvertAll(redactor.Redact), number);
        }
        catch (LeakException)
        {
            // Refused, and nothing is written.
        }
    }
}
