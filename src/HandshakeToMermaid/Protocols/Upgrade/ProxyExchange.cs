using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>What all ways through a proxy have in common: the server behind it is asked for by name or address.</summary>
/// <param name="name">Its name in JSON: "http-connect".</param>
/// <param name="label">What people call it: "HTTP CONNECT".</param>
internal abstract class ProxyExchange(string name, string label) : UpgradeExchange
{
    /// <inheritdoc/>
    public override string Name { get; } = name;

    /// <inheritdoc/>
    public override string Title { get; } = label;

    /// <inheritdoc/>
    public override string Protocol { get; } = label;

    /// <inheritdoc/>
    public override string JsonKey => "proxy";

    /// <summary>The server that the proxy is asked to reach; null where it was not seen.</summary>
    public ProxyTarget? Target { get; private protected set; }

    /// <summary>Other addresses that the exchange names.</summary>
    public IReadOnlyList<string> Addresses { get; private protected set; } = [];

    /// <summary>True where the client connected to who names itself as the server: the other end of this connection is not the proxy, but behind it.</summary>
    public virtual bool IsBehindProxy => false;

    /// <summary>The target as a fact of its step.</summary>
    private protected StepFact[] TargetFacts => Target is { } target ? [new StepFact(Detail.Brief, string.Empty, target.ToString())] : [];
}
