namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>A place in the sources that names a type, a member or a namespace of another room.</summary>
/// <param name="From">The room of the file that names it.</param>
/// <param name="To">The room that declares what is named; empty for the root namespace.</param>
/// <param name="Name">What is named: a type, or the namespace of a using directive.</param>
/// <param name="Path">The file that names it.</param>
/// <param name="Line">Its line, counted from 1.</param>
internal sealed record Reference(string From, string To, string Name, string Path, int Line)
{
    public override string ToString() => $"{Path}:{Line} ({From}) uses {Name} of {(To.Length == 0 ? "the root" : To)}";
}
