using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

public class DerTimeTests
{
    [Theory]
    [InlineData(DerTag.UtcTime, "490101000000Z", "2049-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "500101000000Z", "1950-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "2001010000Z", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "200101013000+0130", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "191231233000-0030", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "20200229123456.250Z", "2020-02-29T12:34:56.250Z")]
    [InlineData(DerTag.GeneralizedTime, "00000101000000Z", "0000-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "99991231235959Z", "9999-12-31T23:59:59Z")]
    public void A_time_is_written_as_RFC_3339(int tag, string wire, string text)
    {
        var time = DerTime.Read((byte)tag, Encoding.ASCII.GetBytes(wire));

        Assert.True(time.IsValid);
        Assert.Equal(text, time.Text);
    }

    [Theory]
    [InlineData(DerTag.UtcTime, "20130100000Z")]
    [InlineData(DerTag.UtcTime, "201301000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20210229000000Z")]
    [InlineData(DerTag.GeneralizedTime, "")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000.Z")]
    [InlineData(DerTag.GeneralizedTime, "99991231235959-0100")]
    [InlineData(DerTag.Integer, "20200101000000Z")]
    public void What_is_no_time_stays_as_it_was(int tag, string wire)
    {
        var time = DerTime.Read((byte)tag, Encoding.ASCII.GetBytes(wire));

        Assert.False(time.IsValid);
        Assert.Null(time.Time);
        Assert.Equal(wire, time.Text);
    }

    [Fact]
    public void Moments_agree_with_the_calendar_of_the_platform()
    {
        var random = new Random(822);
        for (var i = 0; i < 5000; i++)
        {
            var moment = new DateTime(1700, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.NextInt64(0, 17_000_000_000));
            var time = DerTime.Read(DerTag.GeneralizedTime, Encoding.ASCII.GetBytes(moment.ToString("yyyyMMddHHmmss'Z'")));

            Assert.Equal((moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond * 1_000_000_000, time.Time!.Value.Nanoseconds);
        }
    }
}
