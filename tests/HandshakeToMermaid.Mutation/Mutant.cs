namespace HandshakeToMermaid.Mutation;

/// <summary>A change that Stryker compiled into the library, off until its number is the active one.</summary>
/// <param name="Number">Its number in the compiled assembly.</param>
/// <param name="File">Its file.</param>
/// <param name="Place">File and line.</param>
/// <param name="Change">What was changed to what.</param>
/// <param name="IsStatic">True in what initializes a static field or property: it takes effect once in a process.</param>
internal sealed record Mutant(int Number, string File, string Place, string Change, bool IsStatic);
