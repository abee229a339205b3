using System.Text;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

public class DerTimeTests
{
    [Theory]
    [InlineData(DerTag.UtcTime, "490101000000Z", "2049-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "000101000000Z", "2000-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "500101000000Z", "1950-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "2001010000Z", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "200101013000+0130", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.UtcTime, "191231233000-0030", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "20200229123456.250Z", "2020-02-29T12:34:56.250Z")]
    [InlineData(DerTag.GeneralizedTime, "00000101000000Z", "0000-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "99991231235959Z", "9999-12-31T23:59:59Z")]
    [InlineData(DerTag.GeneralizedTime, "202001010000", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "20161231235960Z", "2016-12-31T23:59:60Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000,5Z", "2020-01-01T00:00:00.5Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000.5", "2020-01-01T00:00:00.5Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000.5+0130", "2019-12-31T22:30:00.5Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101235900+2359", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000-2359", "2020-01-01T23:59:00Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+0000", "2020-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "00010101000100+0001", "0001-01-01T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "99991231235859-0001", "9999-12-31T23:59:59Z")]
    [InlineData(DerTag.GeneralizedTime, "20000229000000Z", "2000-02-29T00:00:00Z")]
    [InlineData(DerTag.GeneralizedTime, "20200430235959Z", "2020-04-30T23:59:59Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000.1234567890123456789012345", "2020-01-01T00:00:00.1234567890123456789012345Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000.123456789012345678901234Z", "2020-01-01T00:00:00.123456789012345678901234Z")]
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
    [InlineData(DerTag.GeneralizedTime, "2020010100Z")]
    [InlineData(DerTag.GeneralizedTime, "20200001000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20201301000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200100000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200132000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200431000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200631000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200931000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20201131000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200230000000Z")]
    [InlineData(DerTag.GeneralizedTime, "19000229000000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101240000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101006000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000061Z")]
    [InlineData(DerTag.GeneralizedTime, "2020010100000Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000ZZ")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000;5Z")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+2400")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+0060")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+01")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+01300")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+0a00")]
    [InlineData(DerTag.GeneralizedTime, "20200101000000+000a")]
    [InlineData(DerTag.GeneralizedTime, "00010101000000+0001")]
    [InlineData(DerTag.GeneralizedTime, "99991231235900-0001")]
    [InlineData(DerTag.GeneralizedTime, "/0200101000000Z")]
    [InlineData(DerTag.GeneralizedTime, ":0200101000000Z")]
    [InlineData(DerTag.UtcTime, "a00101000000Z")]
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

    [Theory]
    [InlineData("19700101000000Z", 0L)]
    [InlineData("19691231235959.5Z", -500_000_000L)]
    [InlineData("19700101000000.123456789Z", 123_456_789L)]
    [InlineData("19700101000000.1234567899Z", 123_456_789L)]
    [InlineData("19700101000000.02Z", 20_000_000L)]
    [InlineData("22620411234714Z", 9_223_372_034_000_000_000L)]
    [InlineData("22620411234715Z", null)]
    [InlineData("16770921001246Z", -9_223_372_034_000_000_000L)]
    [InlineData("16770921001245Z", null)]
    public void A_moment_is_counted_in_nanoseconds_as_far_as_they_reach(string wire, long? nanoseconds)
        => Assert.Equal((nanoseconds, true), (DerTime.Read(DerTag.GeneralizedTime, Encoding.ASCII.GetBytes(wire)).Time?.Nanoseconds, DerTime.Read(DerTag.GeneralizedTime, Encoding.ASCII.GetBytes(wire)).IsValid));

    [Fact]
    public void Of_more_than_40_characters_as_many_are_shown()
    {
        var time = DerTime.Read(DerTag.GeneralizedTime, Encoding.ASCII.GetBytes("20200101000000.1234567890123456789012345Z"));
        Assert.Equal(("20200101000000.1234567890123456789012345", false), (time.Text, time.IsValid));
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
