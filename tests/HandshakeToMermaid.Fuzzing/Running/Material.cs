using System.IO.Compression;
using HandshakeToMermaid.Tests.Laws;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>A capture that inputs are made of.</summary>
/// <param name="Name">Its path below the folder that it was found in.</param>
/// <param name="File">The file, uncompressed.</param>
/// <param name="KeyLog">The key log beside it; empty where there is none.</param>
internal sealed record Material(string Name, byte[] File, byte[] KeyLog)
{
    private MemoryCapture? capture;

    /// <summary>Its frames.</summary>
    public MemoryCapture Capture => capture ??= MemoryCapture.Of(Name, File) is var read && KeyLog.Length > 0 ? read with { KeyLog = KeyLog } : read;

    /// <summary>The samples of the repository, and the captures of another folder where one is named; small ones, in the order of their names.</summary>
    public static List<Material> Find(string repository, string? captures)
    {
        var found = Directory.EnumerateDirectories(Path.Combine(repository, "samples")).Order(StringComparer.Ordinal)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "capture.pcap*").Select(path => Of(repository, path, Path.Combine(folder, "keys.log")))).ToList();
        if (captures is null) return found;
        foreach (var path in Directory.EnumerateFiles(captures, "*.pcap*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length <= LargestFile).Order(StringComparer.Ordinal))
        {
            string[] keys = [$"{path.Split(".pcap")[0]}.keys", Path.Combine(captures, "keys", $"{Path.GetFileName(path)}.keys")];
            found.Add(Of(captures, path, keys.FirstOrDefault(System.IO.File.Exists)));
        }

        return [.. found.Where(m => m.File.Length <= 3 * LargestFile)];
    }

    private static Material Of(string folder, string path, string? keyLog)
    {
        var bytes = System.IO.File.ReadAllBytes(path);
        if (bytes is [0x1F, 0x8B, ..]) bytes = Unpacked(bytes);
        return new Material(Path.GetRelativePath(folder, path), bytes, keyLog is not null && System.IO.File.Exists(keyLog) ? System.IO.File.ReadAllBytes(keyLog) : []);
    }

    private static byte[] Unpacked(byte[] bytes)
    {
        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private const int LargestFile = 100_000;
}
