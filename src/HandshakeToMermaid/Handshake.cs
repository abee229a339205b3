using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Model;

namespace HandshakeToMermaid;

/// <summary>
/// One connection from the DNS query to the end of its handshake, or to its failure, with its diagnosis. Immutable; all members can be used
/// from several threads at the same time.
/// </summary>
/// <remarks>Texts of the capture (names, details, causes) are unchanged in properties; diagrams and JSON escape them.</remarks>
public sealed class Handshake
{
    private readonly Lock gate = new();
    private readonly DiagnosedConnection diagnosed;
    private string? title;
    private string? json;
    private HandshakeTiming? timing;
    private HandshakeTls? tls;
    private HandshakeVisit? visit;
    private bool isTlsKnown;
    private IReadOnlyList<HandshakeStep>? steps;
    private IReadOnlyList<HandshakeCertificate>? certificates;
    private IReadOnlyList<UnparsedPart>? unparsed;

    /// <summary>Wraps a connection of a file, or one of an interface as it stands; most members are made when they are first asked for.</summary>
    internal Handshake(DiagnosedConnection diagnosed, bool isRevision = false)
    {
        this.diagnosed = diagnosed;
        IsRevision = isRevision;
        var connection = diagnosed.Connection;
        Number = connection.Id;
        Capture = connection.Capture;
        Transport = connection.Transport;
        Client = HandshakeMapping.Endpoint(connection.Client);
        Server = HandshakeMapping.Endpoint(connection.Server);
        Start = HandshakeMapping.Moment(connection.First.Time);
        FirstFrame = connection.First.Frame;
        LastFrame = connection.Last.Frame;
        Outcome = HandshakeMapping.Outcome(connection.Outcome);
        Findings = HandshakeMapping.Findings(diagnosed);
        IsFailed = diagnosed.IsFailed;
    }

    /// <summary>Its number in the capture, from 1, in the order in which connections began; live, in the order in which they were reported.</summary>
    public int Number { get; }

    /// <summary>
    /// Live: true where it replaces an earlier report with the same <see cref="Number"/>: a response came after the timeout, or a server
    /// rejected a handshake that the client had completed. Always false for a file.
    /// </summary>
    public bool IsRevision { get; }

    /// <summary>The capture that it began in: the path as it was given, or the name of the interface.</summary>
    public string Capture { get; }

    /// <summary>What carries it: <c>tcp</c>, <c>dtls</c>, <c>quic</c>, <c>radius</c>, <c>eapol</c>, or <c>dns</c> for a name that could not be resolved. Later versions may add transports.</summary>
    public string Transport { get; }

    /// <summary>The end that opened the connection.</summary>
    public HandshakeEndpoint Client { get; }

    /// <summary>The end that it was opened to.</summary>
    public HandshakeEndpoint Server { get; }

    /// <summary>The time of its first frame, DNS included, by the clock of the capture. Resolution: 100 nanoseconds.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How long it took until it was completed or had failed; null where its beginning or end was not captured.</summary>
    public TimeSpan? Duration => Timing.Total;

    /// <summary>The number of its first frame, from 1, counted through all files that are read as one capture.</summary>
    public long FirstFrame { get; }

    /// <summary>The number of its last frame.</summary>
    public long LastFrame { get; }

    /// <summary>How it ended.</summary>
    public HandshakeOutcome Outcome { get; }

    /// <summary>
    /// True where the handshake failed or has a finding with <see cref="FindingSeverity.Error"/>; false also where it could not be judged because
    /// the capture does not hold all of it.
    /// </summary>
    public bool IsFailed { get; }

    /// <summary>What is wrong with it or worth knowing, the root cause first; empty where there is nothing to say.</summary>
    public IReadOnlyList<HandshakeFinding> Findings { get; }

    /// <summary>One line about it, such as <c>TLS 1.3 handshake with www.example.com, established</c>.</summary>
    public string Title => Made(ref title, HandshakeDrawing.Title);

    /// <summary>How long its phases took.</summary>
    public HandshakeTiming Timing => Made(ref timing, d => HandshakeMapping.Timing(d.Connection));

    /// <summary>What TLS offered and agreed on; null where the connection has no TLS, or none was captured.</summary>
    public HandshakeTls? Tls
    {
        get
        {
            lock (gate)
            {
                if (isTlsKnown) return tls;
                isTlsKnown = true;
                return tls = HandshakeMapping.Tls(diagnosed.Connection);
            }
        }
    }

    /// <summary>The other connection of the same client to the same name, over QUIC where this one is over TCP and the reverse; null where there is none.</summary>
    public HandshakeVisit? Visit
    {
        get
        {
            lock (gate) return visit ??= HandshakeMapping.Visit(diagnosed.Connection);
        }
    }

    /// <summary>Everything that happened, in the order of time.</summary>
    public IReadOnlyList<HandshakeStep> Steps => Made(ref steps, d => HandshakeMapping.Steps(d.Connection));

    /// <summary>The certificates that were sent and could be read, in the order of the capture. In TLS 1.3 they are encrypted.</summary>
    public IReadOnlyList<HandshakeCertificate> Certificates => Made(ref certificates, d => HandshakeMapping.Certificates(d.Connection));

    /// <summary>What could not be read; empty where the capture holds all of it.</summary>
    public IReadOnlyList<UnparsedPart> Unparsed => Made(ref unparsed, d => HandshakeMapping.Unparsed(d.Connection));

    /// <summary>Draws it as a Mermaid sequence diagram, without a code fence around it.</summary>
    /// <param name="options">How it is drawn; null for the defaults.</param>
    public string ToMermaid(HandshakeDiagramOptions? options = null) => HandshakeDrawing.Mermaid(Build, diagnosed.IsFailed, options ?? Defaults);

    /// <summary>Draws it as an SVG file of its own, for light and dark pages.</summary>
    /// <param name="options">How it is drawn; null for the defaults.</param>
    public string ToSvg(HandshakeDiagramOptions? options = null) => HandshakeDrawing.Svg(Build(options ?? Defaults));

    /// <summary>Draws it as lines of text, for terminals, logs and mail. Lines end in LF.</summary>
    /// <param name="options">How it is drawn; null for the defaults.</param>
    public string ToText(HandshakeDiagramOptions? options = null) => HandshakeDrawing.Text(Build(options ?? Defaults), options ?? Defaults);

    /// <summary>All facts as one JSON object on one line, as <c>h2m list --json</c> prints it; schema <c>handshake-to-mermaid/1</c>.</summary>
    public string ToJson() => Made(ref json, HandshakeDrawing.Json);

    /// <summary><see cref="Title"/>.</summary>
    public override string ToString() => Title;

    private SequenceDiagram Build(HandshakeDiagramOptions options) => Build(HandshakeDrawing.Picture(options));

    private SequenceDiagram Build(DiagramOptions options)
    {
        lock (gate) return new DiagramBuilder(options).Build(diagnosed);
    }

    /// <summary>One at a time: the connection itself makes its parts when they are first asked for.</summary>
    private T Made<T>(ref T? member, Func<DiagnosedConnection, T> make)
        where T : class
    {
        lock (gate) return member ??= make(diagnosed);
    }

    private static readonly HandshakeDiagramOptions Defaults = new();
}
