namespace HandshakeToMermaid.Mutation;

/// <summary>A change that Stryker compiled into the library, off until its number is the active one.</summary>
/// <param name="Number">Its number in the compiled assembly.</param>
/// <param name="Place">File and line.</param>
/// <param name="Change">What was changed to what.</param>
internal sealed record Mutant(int Number, string Place, string Change);
