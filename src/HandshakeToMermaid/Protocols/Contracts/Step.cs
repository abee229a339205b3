using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>One thing that happened and that a diagram can draw: a message, an alert, a SYN, a gap.</summary>
internal abstract class Step
{
    /// <summary>Which way it went; see <see cref="Helper"/> for what the ends are.</summary>
    public required Direction From { get; init; }

    /// <summary>The frame of its first byte.</summary>
    public required FrameMark First { get; init; }

    /// <summary>
    /// The latest frame that holds some of it, and when it could be read: not before everything that its direction sent in front of it.
    /// </summary>
    public required FrameMark Last { get; init; }

    /// <summary>How it is known.</summary>
    public Provenance Provenance { get; init; }

    /// <summary>The band it is drawn in.</summary>
    public abstract Phase Phase { get; }

    /// <summary>Its name as the field writes it: ClientHello, SYN, Alert.</summary>
    public abstract string Title { get; }

    /// <summary>
    /// What its sender achieves with it, for readers who do not know the protocol: "asks to open a connection". A predicate of at most 60
    /// characters without text from the wire; null where nothing certain can be said.
    /// </summary>
    public virtual string? Explanation => null;

    /// <summary>
    /// Where the step is an exchange with a third party (a DNS resolver), that party's displayed text ("192.0.2.53");
    /// then <see cref="Direction.Forward"/> is from the client. Null for the connection itself.
    /// </summary>
    public virtual string? Helper => null;

    /// <summary>What that third party is.</summary>
    public string HelperRole => Phase.Role == PhaseRole.Resolution ? "DNS resolver" : "Supplicant";

    /// <summary>The address of the router that sent it, for an ICMP error about a packet of the connection; null where one of the two ends sent it.</summary>
    public virtual string? Router => null;

    /// <summary>True for a step that was never answered or that ends the connection: drawn with a cross.</summary>
    public virtual bool IsDeadEnd => false;

    /// <summary>True for a part of an orderly end: drawn only where everything is wanted.</summary>
    public virtual bool IsRoutine => Phase.Role == PhaseRole.Close && !IsDeadEnd;

    /// <summary>
    /// True where the step was sent and some of its bytes never reached the other end, by what the transport shows: drawn with a cross.
    /// Known once the whole connection was looked at.
    /// </summary>
    public bool IsUndelivered { get; internal set; }

    /// <summary>True where its direction's bytes end with it (FIN): it stands behind what came in the same frame.</summary>
    public virtual bool IsEndOfStream => false;

    /// <summary>True where it stands for several that say the same, from <see cref="First"/> to <see cref="Last"/>.</summary>
    public virtual bool IsRepeated => false;

    /// <summary>True where the step carries no facts of its own and may share an arrow with its neighbours (ServerHelloDone).</summary>
    public virtual bool IsMinor => false;

    /// <summary>The least detail at which it is drawn.</summary>
    public virtual Detail Level => Detail.Brief;

    /// <summary>
    /// True for a step that repairs or reports a loss (a retransmission, a gap) rather than being part of the session. Its
    /// own protocol cannot know in which phase it happened: the timeline sets it with <see cref="Rehome"/>.
    /// </summary>
    public virtual bool IsRecovery => false;

    /// <summary>True where it was sent as early data (0-RTT, RFC 8446 section 2.3): before the server had answered.</summary>
    public bool IsEarlyData { get; internal set; }

    /// <summary>True where it was sent under the keys that a handshake agreed on, whether or not it could be decrypted.</summary>
    public virtual bool IsEncrypted => Provenance != Provenance.Clear && !IsEarlyData;

    /// <summary>Its length in bytes, where that means something; 0 elsewhere.</summary>
    public virtual int Length => 0;

    /// <summary>What is worth saying about it at a level of detail, most important first.</summary>
    public IEnumerable<StepFact> Facts(Detail detail = Detail.Full)
    {
        if (IsEarlyData) yield return new StepFact(Detail.Brief, "", "0-RTT");
        foreach (var fact in FactsUpTo(detail))
        {
            if (fact.Level <= detail && fact.Text.Length > 0) yield return fact;
        }
    }

    /// <summary>The facts of a level of detail; those of higher levels need not be made, but may be among them.</summary>
    protected virtual IEnumerable<StepFact> FactsUpTo(Detail detail) => [];

    /// <summary>
    /// What two runs are compared by. It leaves out what differs in every run or follows from something else: randoms, keys, ports, lengths, times.
    /// Fields of the same name count as one. Here: its facts, but for what peers wrote for people.
    /// </summary>
    public virtual IEnumerable<StepField> Fields => Facts().Where(f => !f.IsFreeText).Select(f => new StepField(f.Name, f.Text));

    /// <summary>
    /// One step in place of this one and the next, where their amounts add up (bytes that are missing); null where each speaks for itself.
    /// </summary>
    internal virtual Step? SumWith(Step next) => null;

    /// <summary>Moves a recovery step into the band of its neighbours; other steps stay where they are.</summary>
    internal virtual void Rehome(Phase home)
    {
    }
}
