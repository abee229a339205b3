using System.Reflection;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Fuzzing.Targets;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>What the inputs of a target are made of: its named cases first, then what captures give.</summary>
internal static class Corpus
{
    /// <summary>The root of the checkout that this was built from.</summary>
    public static string Repository { get; } = typeof(Corpus).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The corpus of a target.</summary>
    public static List<byte[]> Of(FuzzTarget target, IReadOnlyList<Material> material)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var corpus = new List<byte[]>();
        foreach (var seed in Cases(target).Select(File.ReadAllBytes).Concat(material.SelectMany(m => SeedsOf(target, m))))
        {
            if (seed.Length > 0 && seed.Length <= target.LargestInput && known.Add(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(seed)))) corpus.Add(seed);
        }

        return corpus;
    }

    /// <summary>The named cases of a target: what was found once, by the name of its file.</summary>
    public static IEnumerable<string> Cases(FuzzTarget target)
    {
        var folder = Path.Combine(Repository, "tests", "HandshakeToMermaid.Fuzzing", "Cases", target.Name);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }

    private static List<byte[]> SeedsOf(FuzzTarget target, Material material)
    {
        try
        {
            return [.. target.Seeds(material)];
        }
        catch (CaptureException)
        {
            // What is no capture gives no seeds.
            return [];
        }
    }
}
