using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Json;

/// <summary>A connection as JSON, schema "handshake-to-mermaid/1". What is not known is null, never a guess.</summary>
internal static class ConnectionJson
{
    /// <summary>How the number of a connection is written that has none yet; it comes before every text of the capture.</summary>
    public static ReadOnlySpan<byte> NoNumber => "\"id\":0"u8;

    /// <summary>Writes one object.</summary>
    /// <param name="json">Where it is written.</param>
    /// <param name="diagnosed">The connection.</param>
    /// <param name="isDrawable">True to add what it can be drawn from again.</param>
    public static void Write(Utf8JsonWriter json, DiagnosedConnection diagnosed, bool isDrawable = false)
    {
        var connection = diagnosed.Connection;
        json.WriteStartObject();
        json.WriteString("schema"u8, "handshake-to-mermaid/1"u8);
        json.WriteNumber("id"u8, connection.Id);
        json.WriteString("capture"u8, connection.Capture);
        json.WriteString("protocol"u8, connection.Transport);
        WriteParty(json, "client", connection.Client);
        WriteParty(json, "server", connection.Server);
        if (connection.Proxy is { } proxy) WriteParty(json, "proxy_server", proxy);
        json.WriteString("start"u8, connection.First.Time.ToString());
        json.WriteNumber("first_frame"u8, connection.First.Frame);
        json.WriteNumber("last_frame"u8, connection.Last.Frame);
        WriteQueries(json, connection.Queries);
        if (connection.Flow is { } flow)
        {
            WriteEncapsulation(json, flow.Flow.Encapsulation);
            WriteWrappers(json, connection.Facts);
            foreach (var facts in connection.Facts)
            {
                json.WriteStartObject(facts.JsonKey);
                facts.WriteJson(json, flow);
                json.WriteEndObject();
            }
        }
        if (connection.Visit is { } visit) WriteVisit(json, visit);
        WriteTiming(json, connection);
        WriteOutcome(json, connection.Outcome, diagnosed.IsFailed);
        WriteFindings(json, diagnosed.Findings);
        WriteChecks(json, diagnosed.Checks);
        WriteUnparsed(json, connection.Unparsed);
        if (isDrawable && !connection.IsBrief) DrawingJson.Write(json, diagnosed);
        json.WriteEndObject();
    }

    private static void WriteVisit(Utf8JsonWriter json, Visit visit)
    {
        json.WriteStartObject("visit"u8);
        json.WriteNumber("id"u8, visit.Id);
        json.WriteString("lane"u8, visit.Lane);
        json.WriteString("reason"u8, visit.ReasonName);
        json.WriteString("confidence"u8, visit.Confidence == Confidence.Certain ? "proved"u8 : "likely"u8);
        json.WriteString("text"u8, visit.Sentence);
        WriteFrames(json, visit.Frames);
        json.WriteStartObject("other"u8);
        json.WriteString("address"u8, visit.Other.Address.ToString());
        json.WriteNumber("port"u8, visit.Other.Port);
        json.WriteNumber("first_frame"u8, visit.OtherFrame);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteParty(Utf8JsonWriter json, string key, Party party)
    {
        json.WriteStartObject(key);
        json.WriteString("address"u8, party.Endpoint?.Address.ToString());
        if (party.Endpoint is { } endpoint) json.WriteNumber("port"u8, endpoint.Port);
        else json.WriteNull("port"u8);
        json.WriteString("name"u8, party.Name);
        json.WriteEndObject();
    }

    private static void WriteQueries(Utf8JsonWriter json, IReadOnlyList<DnsQuery> queries)
    {
        json.WriteStartArray("dns"u8);
        foreach (var query in queries)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, query.Name);
            json.WriteString("type"u8, query.Type);
            json.WriteString("rcode"u8, query.Rcode);
            json.WriteStartArray("answers"u8);
            foreach (var answer in query.Answers)
            {
                if (AliasIn(answer, query) is null) json.WriteStringValue(answer);
            }

            json.WriteEndArray();
            WriteAliases(json, query);
            json.WriteString("resolver"u8, query.Resolver.Address.ToString());
            json.WriteString("transport"u8, query.Transport);
            WriteFrame(json, "query_frame", query.Questions.Count > 0 ? query.Questions[0] : default);
            WriteFrame(json, "answer_frame", query.Answer);
            WriteMilliseconds(json, "duration_ms", query.Duration);
            json.WriteNumber("retries"u8, query.Retries);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The names that aliases led through, in the order of the answer; absent where there were none.</summary>
    private static void WriteAliases(Utf8JsonWriter json, DnsQuery query)
    {
        var hasBegun = false;
        foreach (var answer in query.Answers)
        {
            if (AliasIn(answer, query) is not { } alias) continue;
            if (!hasBegun) json.WriteStartArray("aliases"u8);
            hasBegun = true;
            json.WriteStringValue(alias);
        }

        if (hasBegun) json.WriteEndArray();
    }

    /// <summary>The target of a CNAME record, unless that is what was asked for.</summary>
    private static string? AliasIn(string record, DnsQuery query) =>
        record.StartsWith(Alias, StringComparison.Ordinal) && query.Type is not ("CNAME" or "ANY") ? record[Alias.Length..] : null;

    private const string Alias = "CNAME ";

    /// <summary>The tunnels and VLAN tags around its packets, outermost first; absent where there were none.</summary>
    private static void WriteEncapsulation(Utf8JsonWriter json, EncapsulationPath? path)
    {
        if (path is null) return;
        json.WriteStartArray("encapsulation"u8);
        foreach (var layer in path.Layers) json.WriteStringValue(layer.Name);
        json.WriteEndArray();
        json.WriteStartArray("tunnels"u8);
        foreach (var layer in path.Layers)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, layer.Name);
            if (layer.Id != 0) json.WriteNumber("id"u8, layer.Id);
            else json.WriteNull("id"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What TLS was wrapped in, outermost first; absent where nothing.</summary>
    private static void WriteWrappers(Utf8JsonWriter json, IReadOnlyList<ProtocolFacts> facts)
    {
        var hasBegun = false;
        foreach (var known in facts)
        {
            if (known.Wrapper is not { } wrapper) continue;
            if (!hasBegun) json.WriteStartArray("wrapped_in"u8);
            hasBegun = true;
            json.WriteStringValue(wrapper);
        }

        if (hasBegun) json.WriteEndArray();
    }

    private static void WriteTiming(Utf8JsonWriter json, Connection connection)
    {
        var timing = connection.Timing;
        json.WriteStartObject("timing"u8);
        WriteMilliseconds(json, "dns_ms", timing.Dns);
        WriteMilliseconds(json, "tcp_ms", timing.Tcp);
        WriteMilliseconds(json, "tls_ms", timing.Tls);
        WriteMilliseconds(json, "total_ms", timing.Total);
        WriteMilliseconds(json, "round_trip_ms", timing.RoundTrip);
        WriteMilliseconds(json, "server_think_ms", timing.ServerThink);
        WriteMilliseconds(json, "client_think_ms", timing.ClientThink);

        // What a phase took that the schema has no member for, under its own name.
        if (timing is { HandshakePhase: { } phase, HandshakeTime: { } handshake } && phase != Phase.Tls) WriteMilliseconds(json, $"{phase.Name}_ms", handshake.Length);
        json.WriteStartArray("waits"u8);
        foreach (var wait in connection.Waits)
        {
            json.WriteStartObject();
            json.WriteNumber("after_frame"u8, wait.After);
            if (wait.Before is { } before) json.WriteNumber("before_frame"u8, before);
            else json.WriteNull("before_frame"u8);
            WriteMilliseconds(json, "ms", wait.Length);
            json.WriteString("by"u8, wait.By switch { WaitFor.Client => "client"u8, WaitFor.Server => "server"u8, _ => "resolver"u8 });
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOutcome(Utf8JsonWriter json, Outcome outcome, bool isFailed)
    {
        json.WriteStartObject("outcome"u8);
        json.WriteString("class"u8, outcome.Class.Name);
        json.WriteString("confidence"u8, outcome.Confidence == Confidence.Certain ? "proved"u8 : "likely"u8);
        json.WriteString("by"u8, outcome.By switch
        {
            OutcomeActor.Client => "client",
            OutcomeActor.Server => "server",
            OutcomeActor.Network => "network",
            _ => null,
        });
        if (outcome.Frame > 0) json.WriteNumber("frame"u8, outcome.Frame);
        else json.WriteNull("frame"u8);
        json.WriteBoolean("failed"u8, isFailed);
        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray("findings"u8);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, finding.Code);
            json.WriteString("severity"u8, finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" });
            json.WriteString("confidence"u8, finding.Confidence == Confidence.Certain ? "proved"u8 : "likely"u8);
            json.WriteString("title"u8, finding.Title);
            json.WriteString("cause"u8, finding.Cause);
            json.WriteString("fix"u8, finding.Fix);
            json.WriteStartArray("aliases"u8);
            foreach (var alias in finding.Aliases) json.WriteStringValue(alias);
            json.WriteEndArray();
            WriteFrames(json, finding.Frames);
            json.WriteString("spec"u8, finding.Spec);
            json.WriteString("follows_from"u8, finding.FollowsFrom);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteChecks(Utf8JsonWriter json, IReadOnlyList<Check> checks)
    {
        json.WriteStartArray("checks"u8);
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, check.What);
            if (check.Passed is { } passed) json.WriteBoolean("passed"u8, passed);
            else json.WriteNull("passed"u8);
            json.WriteString("text"u8, check.Text);
            json.WriteString("by"u8, check.By == Side.Client ? "client"u8 : "server"u8);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteUnparsed(Utf8JsonWriter json, IReadOnlyList<Unparsed> unparsed)
    {
        json.WriteStartArray("unread"u8);
        foreach (var place in unparsed)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, place.What switch
            {
                UnparsedReason.Gap => "gap",
                UnparsedReason.CutPacket => "cut_packet",
                UnparsedReason.OneSided => "one_sided",
                UnparsedReason.JoinedMidway => "joined_midway",
                UnparsedReason.NoKeys => "no_keys",
                UnparsedReason.Cap => "cap",
                _ => "fault",
            });
            json.WriteString("detail"u8, place.Detail);
            WriteFrames(json, place.Frames);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFrames(Utf8JsonWriter json, IReadOnlyList<long> frames)
    {
        json.WriteStartArray("frames"u8);
        foreach (var frame in frames) json.WriteNumberValue(frame);
        json.WriteEndArray();
    }

    private static void WriteFrame(Utf8JsonWriter json, string key, FrameMark mark)
    {
        if (mark.IsSet) json.WriteNumber(key, mark.Frame);
        else json.WriteNull(key);
    }

    /// <summary>Milliseconds to the nanosecond, which is all that a capture can hold.</summary>
    private static void WriteMilliseconds(Utf8JsonWriter json, string key, Duration? duration)
    {
        if (duration is { } known) json.WriteNumber(key, Milliseconds(known.Nanoseconds));
        else json.WriteNull(key);
    }

    /// <summary>As the division by a million gives them, without its cost: no zeros at the end.</summary>
    private static decimal Milliseconds(long nanoseconds)
    {
        byte places = 6;
        var digits = nanoseconds;
        for (; places > 0 && digits % 10 == 0; places--) digits /= 10;
        var size = digits < 0 ? unchecked(0UL - (ulong)digits) : (ulong)digits;
        return new decimal((int)(uint)size, (int)(uint)(size >> 32), 0, digits < 0, places);
    }
}
