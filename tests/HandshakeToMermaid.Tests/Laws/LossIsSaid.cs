using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>
/// What a capture lacks is no event: where frames are dropped from a capture, no error appears that the whole capture does not have, but those
/// that say that an answer was not seen; these are then likely, and only where no remaining packet shows that there was one.
/// </summary>
internal static class LossIsSaid
{
    /// <summary>Errors that say no more than that an answer was not seen.</summary>
    private static readonly string[] NotSeen = ["dns-no-answer", "syn-unanswered", "no-answer", "no-server-hello"];

    /// <summary>Every loss that is tried on a capture, with its name.</summary>
    public static IEnumerable<(string What, MemoryCapture Left)> Losses(MemoryCapture capture, int stride = 1)
    {
        var count = capture.Frames.Count;
        for (var i = 0; i < count; i += stride) yield return ($"drop frame {capture.Frames[i].Number}", capture.DropFrames(i));
        foreach (var run in (int[])[2, 3, 5])
        {
            for (var i = 0; i + run < count; i += stride) yield return ($"drop frames {capture.Frames[i].Number}-{capture.Frames[i + run - 1].Number}", capture.DropFrames(i, run));
        }

        yield return ("drop first half", capture.DropFrames(0, count / 2));
        yield return ("drop last half", capture.DropFrames(count / 2, count));
        yield return ("drop middle half", capture.DropFrames(count / 4, count / 2));
        yield return ("keep odd frames", capture.KeepEveryOther(0));
        yield return ("keep even frames", capture.KeepEveryOther(1));
        yield return ("keep client's direction", capture.OneDirection(keepsClients: true));
        yield return ("keep server's direction", capture.OneDirection(keepsClients: false));
        yield return ("cut at 96", capture.CutPackets(96));
    }

    /// <summary>What the law finds wrong with one loss.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<DiagnosedConnection> whole, MemoryCapture left, byte[] keyLog, WayOfReading way)
    {
        IReadOnlyList<DiagnosedConnection> found;
        string? thrown = null;
        try
        {
            found = left.Read(keyLog, way);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            (found, thrown) = ([], $"{e.GetType().Name}: {e.Message}");
        }

        if (thrown is not null)
        {
            yield return $"throws {thrown}";
            yield break;
        }

        var errors = whole.SelectMany(c => c.Findings.Where(f => f.Severity == Severity.Error).Select(f => (Visit(c.Connection), f.Code))).ToHashSet();
        var alerts = whole.Where(c => c.Connection.Outcome.Class == OutcomeClass.Alert).Select(c => (Visit(c.Connection), c.Connection.Outcome.Frame)).ToHashSet();
        var failed = whole.Where(c => c.IsFailed).Select(c => Visit(c.Connection)).ToHashSet();
        foreach (var connection in found)
        {
            var visit = Visit(connection.Connection);
            var outcome = connection.Connection.Outcome;
            foreach (var finding in connection.Findings.Where(f => f.Severity == Severity.Error && !errors.Contains((visit, f.Code))))
            {
                // The same alert is there; what explained it was lost, and its name is all that is left to say.
                if (finding.Code.StartsWith("alert-", StringComparison.Ordinal) && alerts.Contains((visit, outcome.Frame))) continue;
                // The same reset: who sent it is told by the distance of the server's other segments, and they were lost.
                if (finding is { Code: "reset-after-client-hello", Confidence: Confidence.Likely } && errors.Contains((visit, "reset-injected"))) continue;
                if (!NotSeen.Contains(finding.Code)) yield return $"{visit}: error {finding.Code} ({finding.Confidence.ToString().ToLowerInvariant()}), outcome {outcome.Class}{Unparsed(connection)}";
                else if (finding.Confidence == Confidence.Certain) yield return $"{visit}: {finding.Code} is called proved";
                else if (AnswerShown(left, connection, finding.Code, found) is { } shown) yield return $"{visit}: {finding.Code} although {shown}";
            }

            if (connection.IsFailed && !failed.Contains(visit) && !connection.Findings.Any(f => f.Severity == Severity.Error))
                yield return $"{visit}: failed as {outcome.Class} ({outcome.Confidence}) without an error{Unparsed(connection)}";
        }

        foreach (var violation in Unsaid(whole, found)) yield return violation;
    }

    /// <summary>Connections that lost messages, in whatever they lost, and say of nothing that it is missing although they were seen to their FIN, whose number shows it.</summary>
    private static IEnumerable<string> Unsaid(IReadOnlyList<DiagnosedConnection> whole, IReadOnlyList<DiagnosedConnection> found)
    {
        foreach (var connection in found)
        {
            if (connection.Connection.Flow is not { Flow.End: TcpEnd.Fin } || connection.Connection.Unparsed.Count > 0) continue;
            var visit = Visit(connection.Connection);
            var before = whole.Where(c => Visit(c.Connection) == visit).ToList();
            if (before.Count != 1 || found.Count(c => Visit(c.Connection) == visit) != 1) continue;
            var (was, now) = (ClearMessages(before[0]), ClearMessages(connection));
            if (now < was) yield return $"{visit}: {was - now} of {was} messages are gone and nothing is unread, outcome {connection.Connection.Outcome.Class}";
        }
    }

    private static int ClearMessages(DiagnosedConnection connection) => connection.Connection.FactsOf<TlsFacts>()?.Messages.Count(m => m.Provenance == Provenance.Clear) ?? 0;

    private static string Unparsed(DiagnosedConnection connection) => connection.Connection.Unparsed.Count == 0 ? ", nothing unread" : $", unread {string.Join('+', connection.Connection.Unparsed.Select(u => u.What).Distinct())}";

    /// <summary>By what a connection is found again: its two ends, or the name that was looked up.</summary>
    private static string Visit(Connection connection)
    {
        if (connection.Flow is not { } flow) return $"look-up of {connection.Server.Name} by {connection.Client.Endpoint?.Address}";
        var (one, other) = (flow.Flow.Initiator.ToString(), flow.Flow.Responder.ToString());
        return string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";
    }

    /// <summary>What of the remaining packets shows that the answer existed; null where nothing does.</summary>
    private static string? AnswerShown(MemoryCapture left, DiagnosedConnection connection, string code, IReadOnlyList<DiagnosedConnection> all)
    {
        if (connection.Connection.Flow is not { Tcp: { } flow } summary)
        {
            var name = connection.Connection.Server.Name;
            var later = all.FirstOrDefault(c => c.Connection.Flow is not null && c.Connection.Client.Endpoint?.Address == connection.Connection.Client.Endpoint?.Address && c.Connection.First.Time >= connection.Connection.First.Time && c.Connection.FactsOf<TlsFacts>()?.ServerName is { } known && string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
            return code == "dns-no-answer" && later is not null ? $"connection {later.Connection.Id} went to that name later" : null;
        }

        var client = summary.Client == HandshakeToMermaid.Streams.Direction.Forward ? flow.Initiator : flow.Responder;
        var server = summary.Client == HandshakeToMermaid.Streams.Direction.Forward ? flow.Responder : flow.Initiator;
        // The same endpoints may have another connection later.
        var next = all.Where(c => c.Connection.Id != connection.Connection.Id && Visit(c.Connection) == Visit(connection.Connection) && c.Connection.Flow!.Flow.First.Frame > flow.First.Frame).Select(c => c.Connection.Flow!.Flow.First.Frame).DefaultIfEmpty(long.MaxValue).Min();
        var packets = left.Headers().Where(h => h.Kind == PacketKind.Tcp && h.Number >= flow.First.Frame && h.Number < next).ToList();
        var sent = packets.Where(h => h.Source == server && h.Destination == client && !h.Has(TcpFlags.Rst)).ToList();
        var taken = packets.Where(h => h.Source == client && h.Destination == server && h.Has(TcpFlags.Ack) && !h.Has(TcpFlags.Rst)).ToList();
        if (code == "syn-unanswered")
        {
            if (sent.Count > 0) return $"frame {sent[0].Number} is from the server";
            return taken.Count > 0 ? $"frame {taken[0].Number} acknowledges the server" : null;
        }

        // Numbers that the server's stream is seen at; more than one of them, a FIN aside, means that it sent something.
        var seen = sent.Select(h => (h.Number, At: h.Has(TcpFlags.Syn) ? unchecked(h.Sequence + 1) : h.Sequence))
            .Concat(taken.Select(h => (h.Number, At: h.Acknowledgment))).Concat(taken.Where(h => h.SelectivelyAcknowledged != 0).Select(h => (h.Number, At: h.SelectivelyAcknowledged))).ToList();
        if (seen.Count == 0) return null;
        if (sent.Find(h => h.PayloadLength > 0) is { } spoken) return $"frame {spoken.Number} is from the server with {spoken.PayloadLength} bytes";
        var beginning = seen[0].At;
        foreach (var (number, at) in seen)
        {
            if (unchecked((int)(at - beginning)) is > 1 or < -1) return $"frame {number} shows that the server had sent {unchecked((int)(at - beginning))} bytes";
        }

        return null;
    }
}
