namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>
/// How a connection turned out. The set is open: a protocol may bring instances of its own, and everything that judges, draws or lists
/// connections takes what it needs from the instance. Instances are compared by reference.
/// </summary>
/// <param name="name">Its name in JSON and in lists, in snake_case: "no_server_hello".</param>
/// <param name="kind">Whether it is a success, a failure or neither.</param>
/// <param name="words">The displayed text.</param>
internal sealed class OutcomeClass(string name, OutcomeKind kind, OutcomeWords words)
{
    /// <summary>The handshake completed.</summary>
    public static OutcomeClass Established { get; } = new("established", OutcomeKind.Completed, new("the connection was established"));

    /// <summary>A fatal alert came before it was established.</summary>
    public static OutcomeClass Alert { get; } = new("alert", OutcomeKind.Failed, new("the {actor} ended the handshake with a fatal alert")) { Finality = OutcomeFinality.AtOnce };

    /// <summary>TLS 1.3: the server rejected the client after its Finished.</summary>
    public static OutcomeClass RejectedLate { get; } = new("rejected_late", OutcomeKind.Failed, new("the server rejected the client after its Finished"));

    /// <summary>The client ended the connection after the server's flight.</summary>
    public static OutcomeClass ClientRejected { get; } = new("client_rejected", OutcomeKind.Failed, new("the client closed after the server's reply"));

    /// <summary>The ClientHello was never answered.</summary>
    public static OutcomeClass NoServerHello { get; } = new("no_server_hello", OutcomeKind.Failed, new("the ClientHello was not answered") { FailureHeader = "No response after this point" }) { IsUnanswered = true };

    /// <summary>The server reset the connection during the handshake.</summary>
    public static OutcomeClass ResetByServer { get; } = new(
        "reset_by_server", OutcomeKind.Failed, new("the server reset the connection during the handshake") { SentenceByNetwork = "a RST that was probably not sent by the server ended the handshake" })
        { Finality = OutcomeFinality.AtOnce };

    /// <summary>The client reset the connection during the handshake.</summary>
    public static OutcomeClass ResetByClient { get; } = new("reset_by_client", OutcomeKind.Failed, new("the client reset the connection during the handshake")) { Finality = OutcomeFinality.AtOnce };

    /// <summary>The server closed the connection during the handshake.</summary>
    public static OutcomeClass ClosedByServer { get; } = new("closed_by_server", OutcomeKind.Failed, new("the server closed the connection during the handshake"));

    /// <summary>The client closed the connection during the handshake.</summary>
    public static OutcomeClass ClosedByClient { get; } = new("closed_by_client", OutcomeKind.Failed, new("the client closed the connection during the handshake"));

    /// <summary>The SYN was answered by a RST.</summary>
    public static OutcomeClass TcpRefused { get; } = new("tcp_refused", OutcomeKind.Failed, new("the server refused the connection") { FailureHeader = "TCP · refused" })
        { FailedIn = PhaseRole.Transport, Finality = OutcomeFinality.AtOnce };

    /// <summary>The SYN was never answered.</summary>
    public static OutcomeClass TcpTimeout { get; } = new("tcp_timeout", OutcomeKind.Failed, new("the SYN was not answered") { FailureHeader = "TCP · no response" })
        { FailedIn = PhaseRole.Transport, Finality = OutcomeFinality.Provisional };

    /// <summary>An ICMP error answered the SYN.</summary>
    public static OutcomeClass Unreachable { get; } = new("unreachable", OutcomeKind.Failed, new("the server is unreachable according to ICMP") { FailureHeader = "TCP · unreachable" })
        { FailedIn = PhaseRole.Transport, Finality = OutcomeFinality.AtOnce };

    /// <summary>The name could not be resolved.</summary>
    public static OutcomeClass DnsError { get; } = new("dns_error", OutcomeKind.Failed, new("the name could not be resolved") { FailureHeader = "DNS · failed" }) { FailedIn = PhaseRole.Resolution };

    /// <summary>The resolver never answered.</summary>
    public static OutcomeClass DnsTimeout { get; } = new("dns_timeout", OutcomeKind.Failed, new("the resolver did not respond") { FailureHeader = "DNS · no response" }) { FailedIn = PhaseRole.Resolution };

    /// <summary>The connection carries another protocol. Not a failure.</summary>
    public static OutcomeClass NotTls { get; } = new(
        "not_tls", OutcomeKind.NotJudged, new("the connection does not carry TLS") { Short = "not TLS", Verdict = "Not TLS: the connection carries another protocol" })
        { Finality = OutcomeFinality.Provisional };

    /// <summary>Only one direction was captured. Not a failure.</summary>
    public static OutcomeClass OneSided { get; } = new("one_sided", OutcomeKind.NotJudged, new("only one direction was captured") { Short = "one-sided", Verdict = "One-sided: only one direction was captured" }) { Finality = OutcomeFinality.Provisional };

    /// <summary>The capture begins or ends inside the handshake. Not a failure.</summary>
    public static OutcomeClass Incomplete { get; } = new("incomplete", OutcomeKind.NotJudged, new("the capture begins or ends during the handshake")) { Finality = OutcomeFinality.Provisional };

    /// <summary>The bytes could not be read. Not a failure.</summary>
    public static OutcomeClass Unreadable { get; } = new("unreadable", OutcomeKind.NotJudged, new("the data could not be read") { Short = "unreadable", Verdict = "Unreadable: the data could not be read" }) { Finality = OutcomeFinality.Provisional };

    /// <summary>Its name in JSON and in lists.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it is a success, a failure or neither.</summary>
    public OutcomeKind Kind { get; } = kind;

    /// <summary>The displayed text.</summary>
    public OutcomeWords Words { get; } = words;

    /// <summary>When it may be reported of a connection that is still open.</summary>
    public OutcomeFinality Finality { get; init; }

    /// <summary>The part of the connection that failed as a whole; null where it failed at the deciding frame.</summary>
    public PhaseRole? FailedIn { get; init; }

    /// <summary>True for a failure that consists in silence: nothing answered what was sent last.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>The class of that name among these; null for a name that a protocol brought, or for none.</summary>
    public static OutcomeClass? Named(string name) => Array.Find(All, known => known.Name == name);

    private static readonly OutcomeClass[] All =
    [
        Established, Alert, RejectedLate, ClientRejected, NoServerHello, ResetByServer, ResetByClient, ClosedByServer, ClosedByClient, TcpRefused, TcpTimeout, Unreachable,
        DnsError, DnsTimeout, NotTls, OneSided, Incomplete, Unreadable,
    ];

    /// <summary>True where the handshake completed.</summary>
    public bool IsCompleted => Kind == OutcomeKind.Completed;

    /// <summary>True for what a person would call a failure.</summary>
    public bool IsFailure => Kind == OutcomeKind.Failed;

    /// <summary>True where it is one of these.</summary>
    public bool IsAnyOf(params ReadOnlySpan<OutcomeClass> classes)
    {
        foreach (var one in classes)
        {
            if (one == this) return true;
        }

        return false;
    }

    /// <summary><see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
