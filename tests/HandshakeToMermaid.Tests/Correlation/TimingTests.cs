using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>Every millisecond of a visit belongs to a phase or to somebody who was waited for.</summary>
public sealed class TimingTests
{
    [Theory]
    [InlineData("tls13-success")]
    [InlineData("tls12-success")]
    [InlineData("server-silent")]
    [InlineData("syn-unanswered")]
    [InlineData("port-closed")]
    [InlineData("expired-certificate")]
    [InlineData("starttls-smtp")]
    [InlineData("happy-eyeballs")]
    [InlineData("dns-retried")]
    [InlineData("slow-dns")]
    [InlineData("dtls12-success")]
    [InlineData("reset-after-client-hello")]
    [InlineData("nxdomain")]
    public void Phases_and_waits_add_up_to_the_total(string sample)
    {
        foreach (var diagnosed in Reading.OfSample(sample))
        {
            var timing = diagnosed.Connection.Timing;
            if (timing.Total is not { } total) continue;
            var phases = new[] { timing.Dns, timing.Tcp, timing.Tls }.Sum(p => p?.Nanoseconds ?? 0);
            Assert.Equal(total.Nanoseconds, phases + diagnosed.Connection.Waits.Sum(w => w.Length.Nanoseconds));
            Assert.All(diagnosed.Connection.Waits, w => Assert.True(w.Length.Nanoseconds > 0));
        }
    }

    [Fact]
    public void Silence_before_the_hello_is_the_clients()
    {
        var connection = Read(ScriptedCapture.Opened + "+3s;" + Hello + "+20ms; S hex:15030300020228; C FIN; S FIN; C ACK");
        Assert.Equal((3, 4, WaitFor.Client), (connection.Waits[0].After, connection.Waits[0].Before, connection.Waits[0].By));
        Assert.InRange(connection.Waits[0].Length.Milliseconds, 3000, 3002);
    }

    [Fact]
    public void A_server_that_says_nothing_is_waited_for_until_the_client_gives_up()
    {
        var diagnosed = Diagnosed(ScriptedCapture.Opened + Hello + "+1ms; S ACK; +5s; C FIN; S FIN; C ACK");
        var connection = diagnosed.Connection;
        Assert.Equal(OutcomeClass.NoServerHello, connection.Outcome.Class);
        var wait = connection.Waits[^1];
        Assert.Equal((4, 6, WaitFor.Server), (wait.After, wait.Before, wait.By));
        Assert.Equal(connection.Timing.Total, connection.Timing.Tcp!.Value + connection.Waits.Aggregate(default(Duration), (sum, w) => sum + w.Length));
        var drawing = new DiagramBuilder(new DiagramOptions()).Build(diagnosed);
        Assert.Contains(drawing.Parts[0].Bands, b => b.Header!.Lines[0] == "TLS · failed after 5.0 s");
    }

    [Fact]
    public void Who_hangs_up_on_a_silent_connection_had_waited_for_the_other_one()
    {
        var connection = Read(ScriptedCapture.Opened + "+3s; S FIN; C FIN; S ACK");
        Assert.Equal(WaitFor.Client, Assert.Single(connection.Waits).By);
    }

    [Fact]
    public void The_round_trip_is_measured_from_the_last_syn_before_the_answer()
    {
        var connection = Read("C SYN; +1s; C SYN; +20ms; S SYN-ACK; C ACK;" + Hello + "+20ms; S hex:15030300020228; C FIN; S FIN; C ACK");
        Assert.InRange(connection.Timing.RoundTrip!.Value.Milliseconds, 20, 25);
        Assert.InRange(connection.Timing.Tcp!.Value.Milliseconds, 1020, 1030);
        Assert.InRange(connection.Timing.ServerThink!.Value.Milliseconds, 0, 5);
    }

    [Fact]
    public void A_failure_takes_from_the_hello_to_the_alert()
    {
        var drawing = new DiagramBuilder(new DiagramOptions()).Build(Diagnosed(ScriptedCapture.Opened + Hello + "+700ms; S hex:15030300020228; C FIN; S FIN; C ACK"));
        Assert.Contains(drawing.Parts[0].Bands, b => b.Header!.Lines[0] == "TLS · failed after 701.0 ms");
    }

    private static string Hello => ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));

    private static Connection Read(string script) => Diagnosed(script).Connection;

    private static DiagnosedConnection Diagnosed(string script) => Assert.Single(Reading.Of(ScriptedCapture.Of(script)).Connections);
}
