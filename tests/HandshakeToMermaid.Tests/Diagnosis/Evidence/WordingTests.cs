using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis.Evidence;

namespace HandshakeToMermaid.Tests.Diagnosis.Evidence;

/// <summary>How lengths of time, numbers and names are worded in the clauses of findings, at the bounds of each wording.</summary>
public sealed class WordingTests
{
    [Fact]
    public void A_date_is_the_day_of_a_timestamp()
    {
        Assert.Equal("2026-03-09", Wording.Date("2026-03-09T10:11:12Z"));
        Assert.Equal("2026-03-09", Wording.Date("2026-03-09"));
        Assert.Equal("unknown", Wording.Date("unknown"));
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "1 minute")]
    [InlineData(3599, "59 minutes")]
    [InlineData(3600, "1 hour")]
    [InlineData(7200, "2 hours")]
    [InlineData(86_399, "23 hours")]
    [InlineData(86_400, "1 day")]
    [InlineData(2 * 365 * 86_400 - 1, "729 days")]
    [InlineData(2 * 365 * 86_400, "2 years")]
    [InlineData(3 * 365 * 86_400, "3 years")]
    [InlineData(-90, "1 minute")]
    public void Time_between_dates_is_given_in_the_largest_unit_that_fits(long seconds, string worded) => Assert.Equal(worded, Wording.Age(Duration.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(761, "761 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(1000, "1.0 s")]
    [InlineData(1250, "1.3 s")]
    [InlineData(62_000, "62.0 s")]
    public void A_wait_is_given_in_milliseconds_below_one_second(int milliseconds, string worded) => Assert.Equal(worded, Wording.Wait(Duration.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(0, "0 SYNs")]
    [InlineData(1, "1 SYN")]
    [InlineData(2, "2 SYNs")]
    public void A_number_has_its_plural(long number, string worded) => Assert.Equal(worded, Wording.Count(number, "SYN"));

    [Theory]
    [InlineData(1, "1 try")]
    [InlineData(2, "2 tries")]
    public void A_plural_of_its_own_is_used(long number, string worded) => Assert.Equal(worded, Wording.Count(number, "try", "tries"));

    [Fact]
    public void A_name_of_more_than_forty_characters_is_shortened_in_the_middle_to_forty()
    {
        var most = new string('a', 20) + new string('z', 20);
        Assert.Equal(most, Wording.Name(most));
        Assert.Equal(new string('a', 18) + "..." + new string('z', 19), Wording.Name(new string('a', 20) + new string('z', 21)));
    }

    [Fact]
    public void Of_a_list_the_first_few_are_named_and_the_rest_counted()
    {
        Assert.Equal("none", Wording.Few([]));
        Assert.Equal("a, b, c", Wording.Few(["a", "b", "c"]));
        Assert.Equal("a, b, c and 1 more", Wording.Few(["a", "b", "c", "d"]));
        Assert.Equal("a and 2 more", Wording.Few(["a", "b", "c"], 1));
    }
}
