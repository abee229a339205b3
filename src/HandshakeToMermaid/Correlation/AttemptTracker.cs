using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Remembers connections that no server has answered, so that the one that wins a race over several addresses
/// (RFC 8305) can be drawn with those it won against.
/// </summary>
/// <param name="limits">How many are remembered.</param>
/// <param name="stepsOf">The steps of an attempt.</param>
/// <param name="comparer">Compares flows; null for reference equality.</param>
internal sealed class AttemptTracker(AnalyzerLimits limits, Func<RecordedTcpFlow, IReadOnlyList<Step>> stepsOf, IEqualityComparer<TcpFlow>? comparer = null)
{
    /// <summary>A client began to connect.</summary>
    public void Opened(TcpFlow flow)
    {
        if (!byServer.TryGetValue(flow.Responder.Address, out var flows)) byServer[flow.Responder.Address] = flows = spare.TryPop(out var used) ? used : new HashSet<TcpFlow>(comparer);
        if (flows.Count < limits.AttemptsOfServer) flows.Add(flow);
    }

    /// <summary>A connection was answered, or given up: no other one followed it.</summary>
    public void Forget(TcpFlow flow)
    {
        if (!byServer.TryGetValue(flow.Responder.Address, out var flows)) return;
        flows.Remove(flow);
        if (flows.Count > 0) return;
        byServer.Remove(flow.Responder.Address);
        if (spare.Count >= MaxSpare || flows.Capacity > SpareCapacity) return;
        flows.Clear();
        spare.Push(flows);
    }

    /// <summary>A connection is over: an answered one is forgotten at once, a failed one when no race can still know it.</summary>
    public void Closed(TcpFlow flow, RecordedTcpFlow recorded)
    {
        while (failed.TryPeek(out var old) && (recorded.Last.Time - old.Last > SameRace || failed.Count >= limits.FailedAttempts)) Forget(failed.Dequeue().Flow);
        if (recorded.IsAnswered || !recorded.Syn.IsSet) Forget(flow);
        else failed.Enqueue((flow, recorded.Last.Time));
    }

    /// <summary>The attempts at other addresses of the same name that had begun before <paramref name="flow"/> and were not answered.</summary>
    public IReadOnlyList<Attempt> Before(Flow flow, DnsResolution group)
    {
        List<Attempt>? found = null;
        for (var i = 0; i < group.Queries.Count; i++)
        {
            var addresses = group.Queries[i].Addresses;
            for (var j = 0; j < addresses.Count; j++)
            {
                var address = addresses[j];
                if (address == flow.Responder.Address || !byServer.TryGetValue(address, out var others)) continue;
                foreach (var other in others)
                {
                    if (!IsRival(other, flow)) continue;
                    var recorded = other.Record(flow.LastActive);
                    (found ??= []).Add(new Attempt(other.Responder, stepsOf(recorded), other.First, recorded.End == TcpEnd.Rst));
                }
            }
        }
        found?.Sort(static (a, b) => a.Start.Frame.CompareTo(b.Start.Frame));
        return found ?? (IReadOnlyList<Attempt>)[];
    }

    private static bool IsRival(TcpFlow other, Flow flow)
        => other.Ordinal < flow.Ordinal && other.Syn.IsSet && !other.IsAnswered
            && other.Responder.Port == flow.Responder.Port
            && SameHost.IsPossible(other.Initiator.Address, flow.Initiator.Address)
            && flow.First.Time - other.First.Time <= SameRace;

    /// <summary>Clients try the next address after 250 ms (RFC 8305 section 5); without racing, when the first SYNs timed out.</summary>
    private static readonly Duration SameRace = Duration.FromSeconds(30);

    private readonly Dictionary<IpAddress, HashSet<TcpFlow>> byServer = [];

    /// <summary>Sets that are used again: most servers have one connection at a time.</summary>
    private readonly Stack<HashSet<TcpFlow>> spare = new();

    private readonly Queue<(TcpFlow Flow, Timestamp Last)> failed = new();

    private const int MaxSpare = 4096;

    /// <summary>A larger one would keep what one busy server needed once.</summary>
    private const int SpareCapacity = 16;
}
