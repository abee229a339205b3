using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid;

/// <summary>Maps the options of the library's users to those of the analysis, and its summary back.</summary>
internal static class HandshakeSettings
{
    /// <summary>Reads the files that the options name.</summary>
    /// <exception cref="HandshakeReadException">One of them cannot be read.</exception>
    public static AnalyzerOptions Of(HandshakeOptions options)
    {
        var secrets = new SecretStore();
        foreach (var path in options.KeyLogFiles) KeyLog.Read(Bytes(path, "The key log"), secrets);
        if (options.KeyLogText is { } text) KeyLog.Read(Encoding.UTF8.GetBytes(text), secrets);
        return new AnalyzerOptions
        {
            Limits = options.Limits.ToAnalyzerLimits(),
            TrustAnchors = Anchors(options),
            Pins = [.. options.Pins.Select(pin => CertificatePin.Parse(pin)!)],
            Threads = OperatingSystem.IsBrowser() ? 1 : options.MaxThreads,
            HandshakeTimeout = new Duration((long)options.HandshakeTimeout.TotalNanoseconds),
            Secrets = secrets,
            PrivateKeys = options.RsaKeyFiles.Count == 0 ? null : new PrivateKeys([.. options.RsaKeyFiles.Select(KeyOf)]),
            Names = options.Names.ToDictionary(n => IpAddress.FromBytes(n.Key.GetAddressBytes()), n => n.Value),
        };
    }

    /// <summary>What was read and what could not be read, as displayed text.</summary>
    public static HandshakeReadSummary Summary(AnalysisSummary summary, LiveStatistics live)
    {
        var dropped = live.DroppedByKernel + live.DroppedByInterface;
        var (broken, cut) = (summary.UnreadableFrames.Broken, summary.UnreadableFrames.CutShort);
        return new HandshakeReadSummary
        {
            Frames = summary.Frames,
            Handshakes = summary.Connections,
            Warnings =
            [
                .. summary.Damages.Select(d => d.ToString()),
                .. summary.UnsupportedLinks.Select(l => $"Frames of the link type {l.Key.Name} (LINKTYPE {l.Key.Code}) are not supported: {l.Value.Frames}, the first is frame {l.Value.First}."),
                .. summary.UnparsedEncapsulations.Select(e => $"Frames that hold {e.Name} are not supported: {e.Tally.Frames}, the first is frame {e.Tally.First}."),
                .. summary.CapsReached.Select(c => $"{c}."),
                .. summary.UnmatchedKeys.Select(k => $"The RSA key {k} belongs to no certificate of the capture."),
                .. Some(broken, $"Frames with invalid headers: {broken}, the first is frame {summary.UnreadableFrames.FirstBroken}."),
                .. Some(cut, $"Frames that were cut off inside their headers: {cut}, the first is frame {summary.UnreadableFrames.FirstCutShort}."),
                .. Some(dropped, $"Frames that were dropped while capturing: {dropped}."),
            ],
        };
    }

    private static IEnumerable<string> Some(long count, string sentence) => count > 0 ? [sentence] : [];

    private static TrustAnchors? Anchors(HandshakeOptions options)
    {
        if (options.TrustAnchorFiles.Count == 0 && options.TrustAnchors.Count == 0) return null;
        var all = options.TrustAnchors.Select(c => Certificate.Read(c.RawData)).ToList();
        foreach (var path in options.TrustAnchorFiles)
        {
            var found = TrustAnchors.Read(Bytes(path, "The file of trust anchors")).Certificates;
            if (found.Count == 0) throw new HandshakeReadException($"The file of trust anchors {path} holds no certificate.");
            all.AddRange(found);
        }

        return TrustAnchors.Of(all);
    }

    private static PrivateKey KeyOf(string path)
    {
        using var file = new MemoryStream(Bytes(path, "The RSA key"));
        return PrivateKeyFile.Read(path, file, out var why) ?? throw new HandshakeReadException($"The RSA key {path} cannot be used: {why}.");
    }

    private static byte[] Bytes(string path, string what)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw new HandshakeReadException($"{what} {path} cannot be read: {FileFailure.Reason(e, path)}.", e);
        }
    }
}
