using System.CommandLine;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>By what connections are judged, and when the exit code says so.</summary>
internal sealed class JudgingOptions
{
    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="canFail">False for a command whose exit code has another meaning.</param>
    public JudgingOptions(Command command, bool canFail = true)
    {
        command.Options.Add(authorities);
        command.Options.Add(pins);
        if (canFail) command.Options.Add(failOn);
        command.Options.Add(noVerify);
    }

    /// <summary>The settings of the analysis.</summary>
    public AnalyzerOptions Read(ParseResult parsed, AnalyzerOptions options) => options with
    {
        TrustAnchors = parsed.GetValue(authorities) is { Length: > 0 } files ? Anchors(files) : null,
        VerifiesHandshakes = !parsed.GetValue(noVerify),
        Pins = [.. (parsed.GetValue(pins) ?? []).Select(Pin)],
    };

    /// <summary>Decides whether a connection has a finding that <c>--fail-on</c> selects; null where the option is absent.</summary>
    public Predicate<DiagnosedConnection>? Test(ParseResult parsed) =>
        parsed.GetValue(failOn) is { } least ? diagnosed => diagnosed.Findings.Any(f => (int)f.Severity <= (int)least) : null;

    private static TrustAnchors Anchors(string[] files)
    {
        var all = new List<Certificate>();
        foreach (var file in files)
        {
            var found = file == "system" ? TrustAnchors.System() : TrustAnchors.Read(Bytes(file));
            if (found.Certificates.Count == 0) throw new UsageException($"--ca-file {file} contains no certificate: expected a PEM bundle or 'system'.");
            all.AddRange(found.Certificates);
        }

        return TrustAnchors.Of(all);
    }

    private static byte[] Bytes(string file)
    {
        return InputFile.Read($"--ca-file {file}", file, static stream =>
        {
            using var all = new MemoryStream();
            stream.CopyTo(all);
            return all.ToArray();
        }, static sentence => new UsageException(sentence));
    }

    private static CertificatePin Pin(string text) => CertificatePin.Parse(text)
        ?? throw new UsageException($"--pin {text} is not a pin: expected sha256/ and the Base64 of the public key's SHA-256 (44 characters).");

    private readonly Option<string[]> authorities = new("--ca-file")
    {
        Description = "check trust against these CAs: a PEM bundle, or 'system' for this machine's; without it trust is not checked",
        HelpName = "FILE|system",
    };

    private readonly Option<string[]> pins = new("--pin")
    {
        Description = "public key that the server's chain must contain (one of several): sha256/ and the Base64 of its SHA-256",
        HelpName = "sha256/BASE64",
    };

    private readonly Option<bool> noVerify = new("--no-verify")
    {
        Description = "leave the signatures of handshakes unchecked, which is faster; output says 'not checked'. Certificates' signatures are checked",
    };

    private readonly Option<FailureLevel?> failOn = new("--fail-on")
    {
        Description = "exit 1 when a selected connection has a finding of this severity: error, or warning (includes errors)",
        HelpName = "error|warning",
    };
}
