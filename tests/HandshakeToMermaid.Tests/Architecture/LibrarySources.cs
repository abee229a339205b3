namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>The sources of the library, compiled once for all tests of this folder.</summary>
internal static class LibrarySources
{
    private static readonly Lazy<RoomReferences> Compiled = new(() => new RoomReferences([.. Read()]));
    private static readonly Lazy<IReadOnlyList<Reference>> Found = new(() => Compiled.Value.All());

    public static IReadOnlyList<SourceFile> Files => Compiled.Value.Files;

    public static IReadOnlyList<Reference> References => Found.Value;

    public static IEnumerable<string> Errors => Compiled.Value.Errors();

    private static IEnumerable<SourceFile> Read()
    {
        var library = Checkout.PathOf("src", "HandshakeToMermaid");
        foreach (var file in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(library, file).Replace(Path.DirectorySeparatorChar, '/');
            if (path.Split('/')[0] is "bin" or "obj") continue;
            yield return new SourceFile(path, File.ReadAllText(file));
        }
    }
}
