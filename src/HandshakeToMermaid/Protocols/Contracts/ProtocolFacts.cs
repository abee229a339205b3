using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>
/// What one protocol learned about one connection. Each protocol derives its own; diagrams, diagnosis and reports draw, judge and
/// write it through this contract alone, so that a new protocol needs no change there.
/// </summary>
internal abstract class ProtocolFacts
{
    /// <summary>The key of its object in a connection's JSON ("tls").</summary>
    public abstract string JsonKey { get; }

    /// <summary>Where it is what TLS is wrapped in, how the connection's JSON names that ("starttls-smtp"); null elsewhere.</summary>
    public virtual string? Wrapper => null;

    /// <summary>Its steps in the order of time.</summary>
    public abstract IReadOnlyList<Step> Steps { get; }

    /// <summary>The direction in which the client sends; null where the protocol does not show it.</summary>
    public virtual Direction? ClientDirection => null;

    /// <summary>The name of the server that the client asked for (SNI, HTTP's Host), where one was seen.</summary>
    public virtual string? ServerName => null;

    /// <summary>The server behind the one that the client connected to, where that is a proxy; null elsewhere.</summary>
    public virtual ServerBehind? Behind => null;

    /// <summary>How far its handshake reached; null where it has none.</summary>
    public virtual PhaseSpan? Span => null;

    /// <summary>From which point on its handshake is encrypted, and where the keys come from, for the header of that band; null where it encrypts nothing.</summary>
    public virtual string? EncryptedFrom => null;

    /// <summary>Where the server offered HTTP/3 for its name (Alt-Svc, RFC 7838); not set where it did not, or the offer was not read.</summary>
    internal virtual FrameMark OffersHttp3 => default;

    /// <summary>Receives the DNS queries that led to the connection, before steps or an outcome are requested.</summary>
    internal virtual void Resolved(IReadOnlyList<DnsQuery> queries)
    {
    }

    /// <summary>Datagrams of each direction that bring nothing new, where only this protocol can detect them; (0, 0) elsewhere.</summary>
    public virtual (int Forward, int Reverse) Retransmissions => (0, 0);

    /// <summary>What could not be read.</summary>
    public virtual IReadOnlyList<Unparsed> Unparsed => [];

    /// <summary>What the client waited for in vain before any TLS; null where nothing is known to have been due.</summary>
    public virtual WaitingFor? Unanswered(FlowSummary flow) => null;

    /// <summary>
    /// Every value in its steps and its JSON that identifies somebody. Addresses, DNS queries and what a step names as its helper or router
    /// are known without it.
    /// </summary>
    internal virtual IEnumerable<Original> Originals => [];

    /// <summary>How the connection turned out, seen from this protocol; null where it has nothing to say.</summary>
    public virtual Outcome? Judge(FlowSummary flow) => null;

    /// <summary>The verdict on a connection that did not fail, where this protocol can say more than its outcome does; null elsewhere.</summary>
    public virtual string? VerdictOn(Outcome outcome) => null;

    /// <summary>Marks those of a connection's steps that never reached the other end, where this protocol can detect it; see <see cref="Step.IsUndelivered"/>.</summary>
    public virtual void MarkUndelivered(IReadOnlyList<Step> all)
    {
    }

    /// <summary>Writes the object's members (its braces are written by the caller).</summary>
    public abstract void WriteJson(Utf8JsonWriter json, FlowSummary flow);
}
