namespace HandshakeToMermaid.Tests;

/// <summary>Which tests a run makes: the quick set, or with <c>H2M_TESTS=all</c> everything, as CI does.</summary>
public static class TestSet
{
    /// <summary>Whether everything is tested.</summary>
    public static bool IsAll { get; } = Environment.GetEnvironmentVariable("H2M_TESTS") == "all";

    /// <summary>Skips the test in the quick set.</summary>
    /// <param name="what">What the quick set leaves out, for the reason.</param>
    public static void NeedsAll(string what) => Skip.IfNot(IsAll, $"{what}: only with H2M_TESTS=all");
}
