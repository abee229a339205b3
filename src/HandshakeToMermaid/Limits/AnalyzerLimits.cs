namespace HandshakeToMermaid.Limits;

/// <summary>
/// Every cap of the program in one place, all finite, so that no capture, however hostile, makes it hang or grow
/// without end. What a cap cuts off is said in the connection's <c>unread</c> list or on standard error.
/// </summary>
internal sealed record AnalyzerLimits
{
    /// <summary>Bytes of one captured frame: the largest snap length that tcpdump writes is 262,144; jumbo and offloaded frames fit.</summary>
    public int FrameBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Tunnels and tags around one packet: two VLAN tags, MPLS and a tunnel with a tag inside are five.</summary>
    public int EncapsulationDepth { get; init; } = 8;

    /// <summary>Tunnels that are told apart, over all frames: a packet gateway has one for each phone. Of more only the kind is known.</summary>
    public int EncapsulationPaths { get; init; } = 65_536;

    /// <summary>IP datagrams whose fragments wait at the same time, over all hosts.</summary>
    public int FragmentedDatagrams { get; init; } = 1024;

    /// <summary>Fragments of one datagram: 65,535 bytes in pieces of the smallest MTU (576) are 119; doubled for overlap.</summary>
    public int FragmentsPerDatagram { get; init; } = 256;

    /// <summary>Seconds of capture time that a fragment waits (RFC 8200 section 4.5 gives 60).</summary>
    public int FragmentSeconds { get; init; } = 60;

    /// <summary>TCP flows, and flows over UDP, followed at the same time; above it those that carried nothing are given up, then the one that was silent longest.</summary>
    public int OpenFlows { get; init; } = 1_000_000;

    /// <summary>
    /// TCP flows that carried nothing so far, followed at the same time. A server's backlog of unanswered SYNs is 4,096 by default (Linux); sixteen such
    /// servers fit, and a flood of SYNs takes no more than 16 MiB. Of UDP, where each such flow holds a datagram, a quarter of it.
    /// </summary>
    public int EmbryonicFlows { get; init; } = 65_536;

    /// <summary>
    /// Bytes that the flow tables hold, by estimate (see <c>TableMemory</c>); above it flows are given up, those that carried nothing first. Together with the
    /// runtime and the tables that have caps of their own a list of any flood stays below 300 MiB.
    /// </summary>
    public long TableBytes { get; init; } = 192L * 1024 * 1024;

    /// <summary>Flows given up that are reported though no server spoke on them; of more it is only said how many there were.</summary>
    public int EvictedRows { get; init; } = 1000;

    /// <summary>
    /// Results that wait for a connection which began earlier and goes on. With more, what began earlier is given up: reported as far as it got.
    /// </summary>
    public int WaitingResults { get; init; } = 262_144;

    /// <summary>Unanswered connections of one server that are remembered as attempts which a later connection may have followed.</summary>
    public int AttemptsOfServer { get; init; } = 1024;

    /// <summary>Failed connections remembered as such attempts, over all servers.</summary>
    public int FailedAttempts { get; init; } = 4096;

    /// <summary>TCP connections that began last, of which a QUIC connection's other lane may be one: a browser opens a few dozen for a page.</summary>
    public int RecentConnections { get; init; } = 512;

    /// <summary>QUIC connections of one client that are compared with its TCP connections, and TCP connections that each is compared with.</summary>
    public int LanesOfClient { get; init; } = 32;

    /// <summary>Visits of which one lane is over and the other one goes on; each holds the steps of the one that is over. Above it lanes stay apart.</summary>
    public int OpenVisits { get; init; } = 4096;

    /// <summary>Bytes that wait out of order in one direction: four default receive windows of 64 KiB.</summary>
    public int OutOfOrderBytes { get; init; } = 256 * 1024;

    /// <summary>Segments that wait out of order in one direction.</summary>
    public int OutOfOrderSegments { get; init; } = 256;

    /// <summary>Seconds of capture time without a packet after which a flow is closed as still open.</summary>
    public int IdleSeconds { get; init; } = 300;

    /// <summary>Milliseconds of capture time that a closed flow waits for late packets before it is reported.</summary>
    public int LingerMilliseconds { get; init; } = 200;

    /// <summary>Closed flows that wait at once; of more the one that waited longest is reported early.</summary>
    public int LingeringFlows { get; init; } = 128;

    /// <summary>TCP events (retransmissions, resets, ...) kept for drawing per flow; later ones are counted only.</summary>
    public int EventsPerFlow { get; init; } = 64;

    /// <summary>Bytes of one TLS handshake message: certificate chains of real servers stay below 64 KiB, post-quantum ones below 256.</summary>
    public int HandshakeMessageBytes { get; init; } = 1024 * 1024;

    /// <summary>Handshake messages kept per connection; renegotiation in a loop is cut off here.</summary>
    public int MessagesPerConnection { get; init; } = 256;

    /// <summary>Certificates read from one message; OpenSSL's own default depth is 100.</summary>
    public int CertificatesPerMessage { get; init; } = 100;

    /// <summary>Encrypted bytes kept per direction until the secrets for them arrive.</summary>
    public int EncryptedBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Bytes of application data up to which TLS records are followed, for the alerts behind them: up to TLS 1.2 those can
    /// be seen as such. Pages and calls end within it; what goes on longer is a transfer, which is only counted.
    /// </summary>
    public int FollowedDataBytes { get; init; } = 128 * 1024;

    /// <summary>Jumps through compression pointers in one DNS name; a legal name has at most 127 labels.</summary>
    public int DnsPointerJumps { get; init; } = 128;

    /// <summary>Records read from one DNS message.</summary>
    public int DnsRecords { get; init; } = 1024;

    /// <summary>DNS questions that wait for their answer at the same time.</summary>
    public int OpenQueries { get; init; } = 65_536;

    /// <summary>Seconds of capture time after which an unanswered DNS question is given up; resolvers retry for 5 to 30.</summary>
    public int QuerySeconds { get; init; } = 30;

    /// <summary>DNS questions kept after their answer, so that a late or second answer is known for what it is.</summary>
    public int AnsweredQueries { get; init; } = 1024;

    /// <summary>Answered look-ups remembered so that a later connection can be named.</summary>
    public int RememberedQueries { get; init; } = 16_384;

    /// <summary>Those of them that are kept whole though their connection is over; of older ones only name and addresses are.</summary>
    public int RecentQueries { get; init; } = 1024;

    /// <summary>
    /// Bytes of each direction of a TCP connection that are recorded whatever they are: handshakes with long chains fit. Beyond it the
    /// protocol chooses, and application data is only counted.
    /// </summary>
    public int RecordedBytes { get; init; } = 16 * 1024;

    /// <summary>Bytes of a flow's start that wait until a protocol recognises them.</summary>
    public int ProbeBytes { get; init; } = 4096;

    /// <summary>
    /// Values that one run replaces by pseudonyms, of all kinds together; beyond it nothing more is written. A connection of a browser brings two to four of its
    /// own (session ID, tickets, path), so 65,000 connections fit; the book holds each with both texts, some 500 bytes.
    /// </summary>
    public int Pseudonyms { get; init; } = 262_144;

    /// <summary>Bytes of one row of JSON that is drawn again: those of the largest handshakes, certificates of megabytes apart, stay below 256 KiB.</summary>
    public int RowBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Rows that are drawn again at once: the overview of more is of no use.</summary>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>Steps of one row: captures have at most <see cref="MessagesPerConnection"/> messages and twice <see cref="EventsPerFlow"/> events, and DNS queries.</summary>
    public int StepsPerRow { get; init; } = 4096;

    /// <summary>Characters of one text in a row; handshakes have none that long.</summary>
    public int RowTextCharacters { get; init; } = 64 * 1024;

    /// <summary>The limits that hold when nothing else is said.</summary>
    public static AnalyzerLimits Default { get; } = new();
}
