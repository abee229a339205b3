using System.Globalization;

namespace HandshakeToMermaid.Tests.Protocols;

/// <summary>Every registry says in its first lines where it comes from, from when it is, and how it is refreshed.</summary>
public sealed class RegistrySourceTests
{
    public static TheoryData<string> Registries => [.. Directory.EnumerateFiles(Checkout.PathOf("src"), "*.csv", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Checkout.Root, f)).Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Registries))]
    public void A_registry_names_its_source_date_and_refresh(string path)
    {
        var lines = File.ReadLines(Checkout.PathOf(path)).Take(4).ToList();
        Assert.StartsWith("# Registry: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("# Source: https://", lines[1], StringComparison.Ordinal);
        Assert.True(DateOnly.TryParseExact(lines[2].Replace("# Retrieved: ", "", StringComparison.Ordinal), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), lines[2]);
        Assert.StartsWith("# Refresh: ", lines[3], StringComparison.Ordinal);
    }
}
