using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Catalogs;

/// <summary>Every rule, causes before symptoms: of two findings of the same severity the earlier rule's leads.</summary>
internal static class RuleCatalog
{
    public static IReadOnlyList<IRule> All { get; } = [];
}
