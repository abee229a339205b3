namespace HandshakeToMermaid.Mutation;

/// <summary>What the tests say of a mutant.</summary>
internal enum Verdict
{
    /// <summary>No test reaches it.</summary>
    Unreached,

    /// <summary>All tests pass.</summary>
    Survived,

    /// <summary>A test fails.</summary>
    Killed,

    /// <summary>A test does not end.</summary>
    TimedOut,

    /// <summary>The process ends.</summary>
    Crashed,

    /// <summary>A test fails, and goes on to fail without the mutant: it must be asked again in another process.</summary>
    Stained,
}
