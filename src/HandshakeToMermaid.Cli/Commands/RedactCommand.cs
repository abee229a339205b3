using System.CommandLine;
using System.Security.Cryptography;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.PcapNg;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Redaction.Captures;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m redact</c>: a capture that can be shared.</summary>
internal static class RedactCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("redact", Description);
        var input = new Argument<string>("IN") { Description = "pcap or pcapng file (gzip too), or - for standard input, which is stored while it is read several times" };
        var output = new Argument<string>("OUT") { Description = "pcapng file to write" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "print nothing but errors on standard error" };
        command.Arguments.Add(input);
        command.Arguments.Add(output);
        var redact = new RedactOptions(command, isAlways: true);
        command.Options.Add(quiet);
        command.SetAction((parsed, cancellation) =>
        {
            var options = redact.Settings(parsed)!;
            var key = options.Key ?? RandomNumberGenerator.GetBytes(32);
            return Task.FromResult(Redact(parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), options with { Key = key }, redact.Map(parsed), parsed.GetValue(quiet), interruption, cancellation));
        });
        return command;
    }

    private static int Redact(string path, string output, RedactionOptions options, string? map, bool isQuiet, Interruption interruption, CancellationToken cancellation)
    {
        using var input = path == "-" ? RedactedInput.Stored(Console.OpenStandardInput(), interruption, cancellation) : new RedactedInput(path);
        using var pseudonyms = new Pseudonyms(options);
        var check = new CaptureLeakCheck(pseudonyms);
        Timestamp? first = null;
        var damages = Analyze(
            input,
            connection =>
            {
                first ??= connection.First.Time;
                check.Note(connection);
            },
            cancellation);
        var shift = options.ShiftsTimes ? TimeShift.From(first ?? FirstFrame(input)) : null;
        var redaction = new CaptureRedaction(pseudonyms, HMACSHA256.HashData(options.Key!, "h2m noise 1"u8), LinkTypeCatalog.All, TunnelCatalog.All, shift);
        var until = Read(input, (in CapturedFrame frame) => redaction.Collect(frame), cancellation);
        redaction.Rewrite();

        // Until here nothing is there that would have to be removed.
        interruption.BeginGrace();
        var scratch = Path.Combine(Directory.CreateTempSubdirectory("h2m-redact-").FullName, "capture.pcapng");
        try
        {
            Write(input, scratch, redaction, check, until is { } last ? shift?.Of(last) ?? last : null, cancellation);
            if (cancellation.IsCancellationRequested) return ExitCode.Interrupted;
            if (redaction.Written > 0) Analyze(new RedactedInput(scratch), check.Check, cancellation);
            if (cancellation.IsCancellationRequested) return ExitCode.Interrupted;
            AtomicFile.Write(output, stream =>
            {
                using var made = File.OpenRead(scratch);
                made.CopyTo(stream);
            });
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(scratch)!, recursive: true);
        }

        ProductRedaction.WriteMap(pseudonyms, map);
        if (!isQuiet) Say(redaction);
        if (damages > 0) return ExitCode.Incomplete;
        return redaction.Written > 0 ? ExitCode.Done : ExitCode.Nothing;
    }

    private static void Say(CaptureRedaction redaction)
    {
        var rest = redaction.LeftOut > 0 ? $", {redaction.LeftOut} left out (neither TCP, DNS, QUIC, DTLS, EAP nor an ICMP error; datagrams that lack a fragment; headers that cannot be rewritten)" : "";
        var radius = redaction.HasRadius ? " Authenticators of RADIUS depend on a secret and are not right." : "";
        Console.Error.WriteLine($"h2m: {redaction.Written} frames written{rest}. Certificates and keys are rewritten: no signature in this capture can be checked.{radius}");
    }

    /// <summary>Reads the connections of a capture; answers with the number of damages.</summary>
    private static int Analyze(RedactedInput input, Action<Correlation.Connection> found, CancellationToken cancellation)
    {
        using var source = input.Open();
        var summary = new HandshakeAnalyzer(new AnalyzerOptions { ChecksEverySignature = false }).Analyze(source, connection => found(connection.Connection), null, cancellation);
        foreach (var damage in summary.Damages) Console.Error.WriteLine($"h2m: {damage.Capture}: {damage.What}; the output covers what was read until then.");
        return summary.Damages.Count;
    }

    private static Timestamp FirstFrame(RedactedInput input)
    {
        using var source = input.Open();
        return source.TryRead(out var frame) ? frame.Mark.Time : default;
    }

    private static Timestamp? Read(RedactedInput input, FrameTaker take, CancellationToken cancellation)
    {
        using var source = input.Open();
        while (!cancellation.IsCancellationRequested && source.TryRead(out var frame)) take(frame);
        return source.EndTime;
    }

    private static void Write(RedactedInput input, string scratch, CaptureRedaction redaction, CaptureLeakCheck check, Timestamp? until, CancellationToken cancellation)
    {
        using var writer = PcapNgWriter.Create(scratch, "redacted", 262_144);
        Read(input, (in CapturedFrame frame) =>
        {
            if (!redaction.TryRewrite(frame, out var redacted)) return;
            check.Check(redacted.Data);
            writer.Write(redacted);
        }, cancellation);
        if (until is { } end) writer.Finish(end, default);
    }

    private delegate void FrameTaker(in CapturedFrame frame);

    private const string Description = """
        Makes a capture that can be shared: handshakes stay, what was exchanged behind them becomes noise,
        and what identifies somebody is replaced in place: addresses, names, certificates' values, session
        IDs, tickets, randoms. Lengths, times and checksums are right. TCP, DNS, QUIC, DTLS, EAP (in EAPOL
        and RADIUS) and ICMP errors are written, inside tunnels and IP fragments too; what else there is, is
        left out and counted, as are datagrams that lack a fragment. Initial packets of QUIC are sealed
        again; authenticators of RADIUS depend on a secret and are not right. Comments, interface names and
        secrets are not written. Keys in certificates are marked as redacted, so their signatures are
        reported as not checked. Drawn with h2m it shows what 'h2m convert --redact' with the same key shows
        of the original.

        Examples:
          h2m redact incident.pcapng shared.pcapng
          ssh host tcpdump -w - -c 1000 | h2m redact - shared.pcapng
          h2m redact incident.pcap shared.pcapng --redact-key key --redact-map map.json
        """;
}
