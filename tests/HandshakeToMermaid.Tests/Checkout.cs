using System.Reflection;

namespace HandshakeToMermaid.Tests;

/// <summary>Where this checkout lies, and the collection of foreign captures that may lie beside it.</summary>
internal static class Checkout
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>A path inside the repository.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// A path inside <c>../shared</c>: captures of other projects, with an independent reader's view of each, which
    /// cannot be part of this repository. A test that needs one is skipped where it is absent.
    /// </summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        Skip.IfNot(Path.Exists(path), $"needs ../shared/{string.Join('/', parts)}, which is not part of this repository");
        return path;
    }
}
