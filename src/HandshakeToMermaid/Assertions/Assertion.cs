using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Assertions;

/// <summary>Something that a connection must fulfil. Immutable; used by several threads.</summary>
internal abstract class Assertion
{
    /// <summary>Its name, in kebab-case, as the option of <c>h2m check</c> is called: "min-version".</summary>
    public abstract string Name { get; }

    /// <summary>What is expected, as a clause: "TLS 1.2 or later".</summary>
    public abstract string Expected { get; }

    /// <summary>True where <see cref="Expected"/> holds names or addresses of peers, which a redacted report does not show.</summary>
    public virtual bool NamesPeers => false;

    /// <summary>Decides whether a connection fulfils it.</summary>
    public abstract AssertionResult Judge(DiagnosedConnection diagnosed);
}
