using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>Steps stand by time over the whole connection, whatever told them and in whatever order their bytes came.</summary>
public sealed class StepOrderTests
{
    [Fact]
    public void An_alert_stands_before_the_fin_that_came_in_the_same_frame()
    {
        var connection = Read(Hello + $"S hex:{Hex(Flight)}; C FIN hex:{Hex(TlsBytes.Alert(2, 42))}; S FIN; C ACK");
        Assert.Equal(["Alert: fatal, bad_certificate", "FIN", "FIN"], connection.Steps.Select(s => s.Title).TakeLast(3));
    }

    [Fact]
    public void A_fin_that_overtook_data_stands_behind_it_at_the_time_at_which_the_data_came()
    {
        var alert = TlsBytes.Alert(2, 42);
        var connection = Read(Hello + $"S hex:{Hex(Flight)}; C seq+{alert.Length} FIN; +30ms; C seq-{alert.Length + 1} hex:{Hex(alert)}; S FIN; C ACK");
        var (told, fin) = (connection.Steps.Single(s => s is TlsAlertStep), connection.Steps.First(s => s.Title == "FIN"));
        Assert.Equal(told.Last.Time, fin.Last.Time);
        Assert.True(fin.Last.Frame < told.Last.Frame);
        Assert.Equal(["Alert: fatal, bad_certificate", "FIN", "FIN"], connection.Steps.Select(s => s.Title).TakeLast(3));
    }

    [Fact]
    public void A_message_names_the_latest_frame_that_holds_some_of_it_also_where_its_end_came_first()
    {
        var flight = Flight;
        var connection = Read(Hello + $"S seq=40 hex:{Hex(flight[40..])}; +30ms; S seq=0 hex:{Hex(flight[..40])}; C ACK");
        var messages = connection.FactsOf<TlsFacts>()!.Messages.Skip(1).ToList();
        Assert.Equal(["server_hello", "certificate", "server_hello_done"], messages.Select(m => m.TypeName));

        // The hello lies in both frames, what follows in the earlier one alone; nobody could read any of it before the later one came.
        Assert.Equal([(6, 6), (5, 5), (5, 5)], messages.Select(m => ((int)m.First.Frame, (int)m.Last.Frame)).Select((m, i) => i == 0 ? m with { Item1 = m.Item2 } : m));
        Assert.Single(messages.Select(m => m.Last.Time).Distinct());
        Assert.All(messages, m => Assert.True(m.First.Frame <= m.Last.Frame));
    }

    [Fact]
    public void What_follows_a_message_that_came_late_is_not_told_before_it()
    {
        var (first, second) = (TlsBytes.Handshake(ServerHello), TlsBytes.Handshake(Certificate));
        var connection = Read(Hello + $"S seq={first.Length} hex:{Hex(second)}; +30ms; C ACK; S seq=0 hex:{Hex(first)}; C ACK");
        var (hello, chain) = (Message(connection, "server_hello"), Message(connection, "certificate"));
        Assert.Equal((7, 5), (hello.Last.Frame, chain.Last.Frame));
        Assert.Equal(hello.Last.Time, chain.Last.Time);
        Assert.True(StepsOf(connection).IndexOf(hello) < StepsOf(connection).IndexOf(chain));
    }

    [Theory]
    [InlineData("tls13-0rtt")]
    [InlineData("http2")]
    [InlineData("happy-eyeballs")]
    [InlineData("hello-retry-request")]
    [InlineData("cname-chain")]
    [InlineData("starttls-smtp")]
    [InlineData("dtls12-success")]
    [InlineData("packet-too-big")]
    public void No_arrow_is_earlier_than_one_above_it(string sample)
    {
        foreach (var diagnosed in Reading.OfSample(sample))
        {
            var times = Arrows(diagnosed.Connection, new DiagramBuilder(new DiagramOptions(Detail.Full)).Build(diagnosed)).Select(s => s.Last.Time.Nanoseconds).ToList();
            Assert.Equal(times.Order(), times);
        }
    }

    [Fact]
    public void A_ticket_behind_the_request_stands_where_it_came()
    {
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(Reading.OfSample("tls13-0rtt")[0]);
        var data = diagram.Parts[0].Bands.Single(b => b.Color == BandColor.DeepPurple);
        Assert.Equal(["GET /index.html HTTP/1.0", "NewSessionTicket", "NewSessionTicket", "HTTP/1.1 200 OK"], data.Items.OfType<Arrow>().SelectMany(a => a.Steps).Select(s => s.Title).SkipWhile(t => t != "GET /index.html HTTP/1.0").Take(4));
    }

    [Fact]
    public void The_first_step_of_a_band_shows_what_was_waited_for_it()
    {
        var connection = ScriptedCapture.Of(ScriptedCapture.Opened + "+5ms;" + $"C hex:{Hex(TlsBytes.Handshake(TlsBytes.ClientHello12()))}; S hex:{Hex(Flight)}; C ACK");
        var diagram = new DiagramBuilder(new DiagramOptions()).Build(Reading.Of(connection).Connections);
        var hello = diagram.Parts[0].Bands[1].Items.OfType<Arrow>().First();
        Assert.StartsWith("ClientHello · +6.0 ms", hello.Lines[0], StringComparison.Ordinal);
    }

    private static List<Step> Arrows(Connection connection, SequenceDiagram diagram)
    {
        var drawn = diagram.Parts.SelectMany(p => p.Bands).SelectMany(b => b.Items).OfType<Arrow>().SelectMany(a => a.Steps).ToList();
        Assert.NotEmpty(drawn);
        Assert.True(drawn.Count <= connection.Steps.Count + connection.Attempts.Sum(a => a.Steps.Count));
        return drawn;
    }

    private static List<Step> StepsOf(Connection connection) => [.. connection.Steps];

    private static TlsMessageStep Message(Connection connection, string type) => connection.FactsOf<TlsFacts>()!.Messages.Single(m => m.TypeName == type);

    private static Connection Read(string script) => Assert.Single(Reading.Of(ScriptedCapture.Of(script)).Connections).Connection;

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private static string Hello => ScriptedCapture.Opened + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + "+20ms;";

    private static byte[] ServerHello => TlsBytes.Message(2, TlsBytes.ServerHelloBody(0x002F, 0x0303, null, null, TlsBytes.Extension(0xFF01, TlsBytes.U8(0))));

    private static byte[] Certificate => TlsBytes.Message(11, TlsBytes.Vector24([]));

    private static byte[] Flight => TlsBytes.Handshake(ServerHello, Certificate, TlsBytes.ServerHelloDone());
}
