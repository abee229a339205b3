using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Diagrams.Json;

/// <summary>
/// What a connection's JSON lacks for drawing it again: its steps with what is said of them up to <see cref="Detail.Normal"/>, bands and exact times.
/// A mark is its frame and the nanoseconds since the connection's start.
/// </summary>
internal sealed class DrawingJson
{
    private readonly Utf8JsonWriter json;
    private readonly Connection connection;
    private readonly Timestamp start;
    private readonly Dictionary<Step, int> numbers = new(ReferenceEqualityComparer.Instance);

    private DrawingJson(Utf8JsonWriter json, Connection connection)
    {
        (this.json, this.connection, start) = (json, connection, connection.First.Time);
        foreach (var step in connection.Steps.Concat(connection.Beside.SelectMany(a => a.Steps))) numbers.TryAdd(step, numbers.Count);
    }

    /// <summary>Writes the member "drawing".</summary>
    public static void Write(Utf8JsonWriter json, DiagnosedConnection diagnosed)
    {
        json.WriteStartObject("drawing"u8);
        new DrawingJson(json, diagnosed.Connection).WriteMembers(diagnosed);
        json.WriteEndObject();
    }

    private void WriteMembers(DiagnosedConnection diagnosed)
    {
        json.WriteNumber("last_ns"u8, Since(connection.Last.Time));
        WriteFlow();
        WritePhases();
        WriteOutcome(connection.Outcome.Class);
        WriteTimes(connection.Timing);
        WriteEach("queries"u8, connection.Queries, WriteQuery);
        WriteEach("protocols"u8, connection.Facts, WriteFacts);
        WriteEach("steps"u8, connection.Steps, WriteStep);
        WriteEach("attempts"u8, connection.Beside, WriteAttempt);
        WriteEach("findings"u8, diagnosed.Findings, WriteFinding);
        WriteEach("checks"u8, diagnosed.Checks, WriteCheck);
    }

    private void WriteFlow()
    {
        if (connection.Outline is not { } flow) return;
        json.WriteStartObject("flow"u8);
        if (connection.FlowStart is { } first) WriteMark("first"u8, first);
        WriteDirection("client"u8, flow.Client);
        WriteFlag("joined_midway"u8, flow.IsJoinedMidway);
        if (flow.Encapsulation is { } path) json.WriteNumber("tunnel"u8, path.Number);
        json.WriteEndObject();
    }

    /// <summary>Phases that a protocol of a module brought; absent where there are none.</summary>
    private void WritePhases()
    {
        var own = connection.Steps.Select(s => s.Phase).Concat(connection.Facts.Select(f => f.Span?.Phase).OfType<Phase>()).Where(p => Phase.Named(p.Name) != p).Distinct().ToList();
        if (own.Count == 0) return;
        WriteEach("phases"u8, own, phase =>
        {
            json.WriteString("name"u8, phase.Name);
            json.WriteString("title"u8, phase.Title);
            json.WriteNumber("order"u8, phase.Order);
            json.WriteString("role"u8, RoleOf(phase.Role));
            json.WriteString("color"u8, phase.Color.Name);
        });
    }

    /// <summary>An outcome that a protocol of a module brought; absent for the others.</summary>
    private void WriteOutcome(OutcomeClass outcome)
    {
        if (OutcomeClass.Named(outcome.Name) == outcome) return;
        json.WriteStartObject("outcome"u8);
        json.WriteString("kind"u8, outcome.Kind switch { OutcomeKind.Completed => "completed"u8, OutcomeKind.Failed => "failed"u8, _ => "not_judged"u8 });
        json.WriteString("sentence"u8, outcome.Words.Sentence);
        WriteText("sentence_by_network"u8, outcome.Words.SentenceByNetwork);
        WriteText("short"u8, outcome.Words.Short);
        WriteText("verdict"u8, outcome.Words.Verdict);
        WriteText("failure_header"u8, outcome.Words.FailureHeader);
        if (outcome.FailedIn is { } role) json.WriteString("failed_in"u8, RoleOf(role));
        WriteFlag("unanswered"u8, outcome.IsUnanswered);
        json.WriteEndObject();
    }

    private void WriteTimes(Timing timing)
    {
        json.WriteStartObject("times"u8);
        if (timing.End is { } end) json.WriteNumber("end_ns"u8, Since(end));
        WriteSpan("dns"u8, timing.DnsTime);
        WriteSpan("tcp"u8, timing.TcpTime);
        WriteSpan("handshake"u8, timing.HandshakeTime);
        WriteText("phase"u8, timing.HandshakePhase?.Name);
        json.WriteEndObject();
    }

    private void WriteSpan(ReadOnlySpan<byte> key, TimeSpanned? time)
    {
        if (time is not { } known) return;
        json.WriteStartArray(key);
        json.WriteNumberValue(Since(known.Start));
        json.WriteNumberValue(Since(known.End));
        json.WriteEndArray();
    }

    private void WriteQuery(DnsQuery query)
    {
        json.WriteStartArray("addresses"u8);
        foreach (var address in query.Addresses) json.WriteStringValue(address.ToString());
        json.WriteEndArray();
        WriteFlag("truncated"u8, query.Truncated.IsSet);
    }

    private void WriteFacts(ProtocolFacts facts)
    {
        json.WriteString("name"u8, facts.JsonKey);
        WriteText("encrypted_from"u8, facts.EncryptedFrom);
        WriteText("verdict"u8, facts.VerdictOn(connection.Outcome));
        if (facts.Behind is { } behind)
        {
            json.WriteStartObject("behind"u8);
            WriteText("host"u8, behind.Host);
            if (behind.Port is { } port) json.WriteNumber("port"u8, port);
            json.WriteEndObject();
        }

        if (facts.Span is not { } span) return;
        json.WriteString("phase"u8, span.Phase.Name);
        json.WriteString("title"u8, span.Title);
        WriteTexts("marks"u8, span.Marks);
        WriteText("remark"u8, span.Remark);
        WriteMark("start"u8, span.Start);
        WriteMark("done"u8, span.Done);
        if (span.RoundTrips is { } trips) json.WriteNumber("round_trips"u8, trips);
    }

    private void WriteStep(Step step)
    {
        json.WriteString("title"u8, step.Title);
        json.WriteString("phase"u8, step.Phase.Name);
        WriteDirection("from"u8, step.From);
        WriteMark("first"u8, step.First);
        if (step.Last != step.First) WriteMark("last"u8, step.Last);
        if (step.Provenance != Provenance.Clear) json.WriteString("sight"u8, step.Provenance == Provenance.Decrypted ? "decrypted"u8 : "inferred"u8);
        if (step.Level != Detail.Brief) json.WriteString("level"u8, step.Level == Detail.Normal ? "normal"u8 : "full"u8);
        WriteText("helper"u8, step.Helper);
        WriteText("router"u8, step.Router);
        WriteFlag("dead_end"u8, step.IsDeadEnd);
        WriteFlag("routine"u8, step.IsRoutine);
        WriteFlag("undelivered"u8, step.IsUndelivered);
        WriteFlag("end_of_stream"u8, step.IsEndOfStream);
        WriteFlag("repeated"u8, step.IsRepeated);
        WriteFlag("minor"u8, step.IsMinor);
        WriteFlag("recovery"u8, step.IsRecovery);
        WriteFlag("early_data"u8, step.IsEarlyData);
        WriteFlag("encrypted"u8, step.IsEncrypted);
        WriteText("explanation"u8, step.Explanation);

        // What the level of the step excludes is never said.
        var facts = step.Level > Detail.Normal ? [] : step.Facts(Detail.Normal).Skip(step.IsEarlyData ? 1 : 0).ToList();
        if (facts.Count == 0) return;
        WriteEach("facts"u8, facts, fact =>
        {
            if (fact.Name.Length > 0) json.WriteString("name"u8, fact.Name);
            json.WriteString("text"u8, fact.Text);
            WriteFlag("brief"u8, fact.Level == Detail.Brief);
        });
    }

    private void WriteAttempt(Attempt attempt)
    {
        json.WriteString("address"u8, attempt.Server.Address.ToString());
        json.WriteNumber("port"u8, attempt.Server.Port);
        WriteMark("start"u8, attempt.Start);
        WriteFlag("reset"u8, attempt.WasReset);
        if (attempt.Lane is { } lane)
        {
            json.WriteStartObject("lane"u8);
            json.WriteString("transport"u8, lane.Transport);
            json.WriteString("title"u8, lane.Title);
            json.WriteString("how"u8, lane.How);
            json.WriteString("outcome"u8, lane.Outcome);
            WriteDirection("client"u8, lane.Client);
            WriteFlag("answered"u8, lane.IsAnswered);
            json.WriteEndObject();
        }

        WriteEach("steps"u8, attempt.Steps, WriteStep);
    }

    private void WriteFinding(Finding finding)
    {
        WriteAt(finding.At);
        WriteFlag("excuses_end"u8, finding.ExcusesEnd);
    }

    private void WriteCheck(Check check)
    {
        WriteAt(check.At);
        if (check.Signers.Count > 0) WriteTexts("signers"u8, check.Signers);
    }

    /// <summary>The step that something is about, counted from 0 through the steps and then those of the attempts.</summary>
    private void WriteAt(Step? step)
    {
        if (step is not null && numbers.TryGetValue(step, out var number)) json.WriteNumber("step"u8, number);
    }

    private void WriteEach<T>(ReadOnlySpan<byte> key, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteTexts(ReadOnlySpan<byte> key, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void WriteText(ReadOnlySpan<byte> key, string? text)
    {
        if (text is not null) json.WriteString(key, text);
    }

    private void WriteFlag(ReadOnlySpan<byte> key, bool isSet)
    {
        if (isSet) json.WriteBoolean(key, true);
    }

    private void WriteDirection(ReadOnlySpan<byte> key, Direction direction) => json.WriteString(key, direction == Direction.Forward ? "forward"u8 : "reverse"u8);

    private void WriteMark(ReadOnlySpan<byte> key, FrameMark mark)
    {
        if (!mark.IsSet) return;
        json.WriteStartArray(key);
        json.WriteNumberValue(mark.Frame);
        json.WriteNumberValue(Since(mark.Time));
        json.WriteEndArray();
    }

    private long Since(Timestamp time) => (time - start).Nanoseconds;

    private static string RoleOf(PhaseRole role) => role switch
    {
        PhaseRole.Resolution => "resolution",
        PhaseRole.Transport => "transport",
        PhaseRole.Upgrade => "upgrade",
        PhaseRole.Handshake => "handshake",
        PhaseRole.Data => "data",
        _ => "close",
    };
}
