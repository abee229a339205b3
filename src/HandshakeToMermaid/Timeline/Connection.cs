using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Timeline;

/// <summary>One visit from the look-up of a name to the end of the handshake, as far as the capture shows it.</summary>
public sealed class Connection
{
    private IReadOnlyList<Step>? steps;
    private IReadOnlyList<Unread>? unread;

    /// <summary>Its number in the capture, from 1, in the order in which connections began; 0 until its turn comes.</summary>
    public int Id { get; set; }

    /// <summary>The capture in which it began, as the user named it.</summary>
    public required string Capture { get; init; }

    /// <summary>What carries it: "tcp", "dtls", "quic"; "dns" for a look-up that never became a connection.</summary>
    public required string Transport { get; init; }

    /// <summary>The end that opened it.</summary>
    public required Party Client { get; init; }

    /// <summary>The end that answered, or should have.</summary>
    public required Party Server { get; init; }

    /// <summary>The first frame of the visit, its look-up included.</summary>
    public required FrameMark First { get; init; }

    /// <summary>The last frame.</summary>
    public required FrameMark Last { get; init; }

    /// <summary>The look-ups that named the server's address for this connection.</summary>
    public required IReadOnlyList<NameLookup> Lookups { get; init; }

    /// <summary>The transport below, and which way the client sends; null for a look-up that failed.</summary>
    public required FlowSummary? Flow { get; init; }

    /// <summary>What each protocol learned, outermost first.</summary>
    public required IReadOnlyList<ProtocolFacts> Facts { get; init; }

    /// <summary>Everything that happened, in order: put together when first asked for, since most connections are only listed.</summary>
    public IReadOnlyList<Step> Steps
    {
        get => steps ??= StepOrder.Merge(LookupProtocol?.Steps(Lookups) ?? [], Facts);
        init => steps = value;
    }

    /// <summary>Other addresses of the same name that were tried first.</summary>
    public required IReadOnlyList<Attempt> Attempts { get; init; }

    /// <summary>How long its parts took.</summary>
    public required Timing Timing { get; init; }

    /// <summary>How it turned out.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<Unread> Unread
    {
        get => unread ??= [.. Lookups.SelectMany(l => l.Unread), .. Facts.SelectMany(f => f.Unread)];
        init => unread = value;
    }

    /// <summary>Who makes steps of look-ups; null where there are none to make.</summary>
    internal ILookupProtocol? LookupProtocol { get; init; }

    /// <summary>What one protocol learned; null where it was not met.</summary>
    public T? FactsOf<T>()
        where T : ProtocolFacts
    {
        for (var i = 0; i < Facts.Count; i++)
        {
            if (Facts[i] is T found) return found;
        }

        return null;
    }

    /// <summary>Which side a step came from.</summary>
    public Side SideOf(Step step)
    {
        if (step.Helper is null && Flow is not null) return Flow.SideOf(step.From);
        return step.From == Direction.Forward ? Side.Client : Side.Server;
    }
}
