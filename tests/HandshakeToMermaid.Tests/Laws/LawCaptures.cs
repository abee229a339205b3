using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The captures that every law is held against.</summary>
internal static class LawCaptures
{
    /// <summary>The samples of this repository.</summary>
    public static IEnumerable<string> SampleNames => Directory.EnumerateDirectories(Checkout.PathOf("samples"))
        .Where(folder => Directory.EnumerateFiles(folder, "capture.pcap*").Any()).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>A sample with its key log.</summary>
    public static MemoryCapture Sample(string name)
    {
        var folder = Checkout.PathOf("samples", name);
        var keyLog = Path.Combine(folder, "keys.log");
        return MemoryCapture.Of(name, Directory.EnumerateFiles(folder, "capture.pcap*").First(), File.Exists(keyLog) ? File.ReadAllBytes(keyLog) : null);
    }

    /// <summary>Captures of other projects beside this repository, the smaller ones; none where they are absent.</summary>
    public static IEnumerable<string> SharedNames
    {
        get
        {
            var shared = Path.GetFullPath(Checkout.PathOf("..", "shared", "captures"));
            if (!Directory.Exists(shared)) return [];
            return new[] { "everyday", "captures" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(shared, folder), "*.pcap*"))
                .Where(path => new FileInfo(path).Length <= LargestFile).Select(path => Path.GetRelativePath(shared, path)).Order(StringComparer.Ordinal);
        }
    }

    /// <summary>Everyday captures beside this repository, for a theory; one name that is skipped where they are absent.</summary>
    public static TheoryData<string> EverydayOrAbsent => [.. SharedNames.Where(name => name.StartsWith("everyday", StringComparison.Ordinal)).DefaultIfEmpty("everyday")];

    /// <summary>Captures of other projects, for a theory; one name that is skipped where they are absent.</summary>
    public static TheoryData<string> ForeignOrAbsent => [.. SharedNames.Where(name => name.StartsWith("captures", StringComparison.Ordinal)).DefaultIfEmpty("captures")];

    /// <summary>A capture of another project with its key log.</summary>
    public static MemoryCapture Shared(string name)
    {
        var path = Checkout.Shared("captures", name);
        var stem = name.StartsWith("everyday", StringComparison.Ordinal)
            ? Checkout.PathOf("..", "shared", "captures", $"{name.Split(".pcap")[0]}.keys")
            : Checkout.PathOf("..", "shared", "captures", "keys", $"{Path.GetFileName(name)}.keys");
        return MemoryCapture.Of(name, path, File.Exists(stem) ? File.ReadAllBytes(stem) : null);
    }

    /// <summary>Handshakes that the builders play, and those of two supplicants on the link itself.</summary>
    public static IEnumerable<MemoryCapture> Generated()
    {
        using var root = CertificateMint.Authority("Root");
        using var leaf = CertificateMint.Leaf(root);
        byte[][] chain = [leaf.Der, root.Der];
        yield return MemoryCapture.Of("eapol", Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Eap", "eapol-two.pcap"));
        yield return MemoryCapture.Of("generated completed", PlayedHandshake.Completed(chain: chain));
        yield return MemoryCapture.Of("generated without close_notify", PlayedHandshake.Completed(hasClosingAlert: false, chain: chain));
        yield return MemoryCapture.Of("generated transfer", PlayedHandshake.Transfer(40, chain));
        foreach (byte alert in (byte[])[42, 46, 48, 80]) yield return MemoryCapture.Of($"generated refused {alert}", PlayedHandshake.Refused(alert, chain));
    }

    private const int LargestFile = 400_000;
}
