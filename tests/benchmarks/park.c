/* Negotiation by alternating offers and delivery, as abm/rules has them, written in C: what compiled code can reach.
 *
 * `tables.h` is written by experiments/benchmarks/against_c.py from the declared tables: one struct for each, the same
 * bytes as the model's records. Built with: gcc -O3 -ffp-contract=off -shared -fPIC. Results are equal bit by bit.
 */
#include <math.h>
#include <stdint.h>

#include "tables.h"

enum { SELLER, BUYER };
enum { OFFERED, ACCEPTED, WALKED };
enum { OUT, IN };
enum { OPEN = 1, OPERATING = 6 };

static double annuity(double rate, double years)
{
    if (rate < 1e-9)
        return 1.0 / years;
    return rate / (1.0 - pow(1.0 + rate, -years));
}

static double smaller(double a, double b) { return b < a ? b : a; }
static double larger(double a, double b) { return b > a ? b : a; }

static double charge_of(const talks *talk, int side, double share, double term)
{
    if (talk->capital == 0.0)
        return 0.0;
    if (side == SELLER) {
        double burden = (1.0 + talk->hold_up_seller) * annuity(talk->wacc_seller, smaller(term, talk->limit_seller));
        return burden * share * talk->capital;
    }
    double burden = (1.0 + talk->hold_up_buyer) * annuity(talk->wacc_buyer, smaller(term, talk->limit_buyer));
    return burden * (1.0 - share) * talk->capital;
}

static double gain_of(const talks *talk, int side, double price, double share, double term)
{
    if (side == SELLER)
        return talk->quantity * (price + talk->value_seller) - charge_of(talk, SELLER, share, term) - talk->running_seller;
    return talk->quantity * (talk->value_buyer - price) - charge_of(talk, BUYER, share, term) - talk->running_buyer;
}

static double price_for(const talks *talk, int side, double gain, double share, double term)
{
    double at_zero = gain_of(talk, side, 0.0, share, term);
    return (side == SELLER ? gain - at_zero : at_zero - gain) / talk->quantity;
}

static double share_level(const talks *talk, int64_t level)
{
    return talk->splits == 1 ? 0.5 : level / (talk->splits - 1.0);
}

static double term_level(const talks *talk, int64_t level)
{
    if (level == 0)
        return talk->standard;
    if (level == 1)
        return larger(1.0, (double)(int64_t)(0.5 * talk->standard));
    return smaller(30.0, 2.0 * talk->standard);
}

static void put_on_table(talks *talk, double price, double share, double term)
{
    talk->price = price;
    talk->share = share;
    talk->term = term;
    talk->gain_seller = gain_of(talk, SELLER, price, share, term);
    talk->gain_buyer = gain_of(talk, BUYER, price, share, term);
}

static double concede(const talks *talk, int side)
{
    double reserve = side == SELLER ? talk->reserve_seller : talk->reserve_buyer;
    double aim = side == SELLER ? talk->aim_seller : talk->aim_buyer;
    int64_t deadline = side == SELLER ? talk->deadline_seller : talk->deadline_buyer;
    double exponent = side == SELLER ? talk->exponent_seller : talk->exponent_buyer;
    double passed = smaller(1.0, (double)talk->meeting / (double)deadline);
    return reserve + (aim - reserve) * (1.0 - pow(passed, 1.0 / exponent));
}

static void propose(double weight_term, talks *talk, int side, double target, double their_price, double their_share,
                    double their_term)
{
    int silent = isnan(their_price);
    double nearest = INFINITY, price = NAN, share = 0.5, term = talk->standard;
    for (int64_t term_index = 0; term_index < talk->terms; term_index++)
        for (int64_t share_index = 0; share_index < talk->splits; share_index++) {
            double a_share = share_level(talk, share_index);
            double a_term = term_level(talk, term_index);
            double a_price = price_for(talk, side, target, a_share, a_term);
            double in_price = silent ? 0.0 : (a_price - their_price) / talk->scale;
            double in_share = a_share - (silent ? 0.5 : their_share);
            double in_term = weight_term * (a_term - (silent ? talk->standard : their_term)) / talk->standard;
            double apart = in_price * in_price + in_share * in_share + in_term * in_term;
            if (apart < nearest) {
                nearest = apart;
                price = a_price;
                share = a_share;
                term = a_term;
            }
        }
    put_on_table(talk, price, share, term);
}

static int64_t meet(double weight_term, talks *talk)
{
    int side = (int)talk->speaker;
    if (talk->meeting > (side == SELLER ? talk->deadline_seller : talk->deadline_buyer))
        return WALKED;
    double target = concede(talk, side);
    double price = side == SELLER ? talk->price_buyer : talk->price_seller;
    double share = side == SELLER ? talk->share_buyer : talk->share_seller;
    double term = side == SELLER ? talk->term_buyer : talk->term_seller;
    if (!isnan(price) && gain_of(talk, side, price, share, term) >= target) {
        put_on_table(talk, price, share, term);
        return ACCEPTED;
    }
    propose(weight_term, talk, side, target, price, share, term);
    if (side == SELLER) {
        talk->price_seller = talk->price;
        talk->share_seller = talk->share;
        talk->term_seller = talk->term;
    } else {
        talk->price_buyer = talk->price;
        talk->share_buyer = talk->share;
        talk->term_buyer = talk->term;
    }
    return OFFERED;
}

/* One meeting of each of `count` talks; `outcomes` takes the answers. */
void hold_meetings(int64_t count, double weight_term, talks *table, int64_t *outcomes)
{
    for (int64_t row = 0; row < count; row++) {
        talks *talk = &table[row];
        outcomes[row] = meet(weight_term, talk);
        talk->meeting += 1;
        talk->speaker = talk->speaker == SELLER ? BUYER : SELLER;
    }
}

static int can_run(const companies *company, const streams *stream, const exchanges *exchange)
{
    if (company[exchange->seller].status != OPEN || company[exchange->buyer].status != OPEN)
        return 0;
    const streams *supply = &stream[exchange->supply];
    return supply->coefficient > 0.0 && supply->permit == 1 && stream[exchange->demand].coefficient > 0.0;
}

static double due_quantity(const companies *company, const streams *stream, const conversions *conversion,
                           double factor, const exchanges *exchange, const double *profiles, int64_t month)
{
    if (!can_run(company, stream, exchange))
        return 0.0;
    const companies *seller = &company[exchange->seller], *buyer = &company[exchange->buyer];
    double season = profiles[12 * stream[exchange->demand].profile + month];
    if (conversion->keeps == 0)
        season = smaller(season, profiles[12 * stream[exchange->supply].profile + month]);
    double running = 1.0;
    if (seller->maintenance_month == month)
        running = 1.0 - seller->maintenance_share;
    if (buyer->maintenance_month == month)
        running = smaller(running, 1.0 - buyer->maintenance_share);
    return exchange->quantity / 12.0 * factor * season * running;
}

static void deliver_one(exchanges *exchange, const opportunities *opportunity, const conversions *conversion,
                        streams *stream, double due, double backup)
{
    streams *supply = &stream[exchange->supply], *demand = &stream[exchange->demand];
    double replaces = opportunity->arriving * opportunity->ratio;
    double wanted = larger(0.0, conversion->share * demand->amount - demand->replaced) / replaces;
    double delivered = smaller(smaller(supply->free, wanted), due * (1.0 + exchange->band));
    double missing = larger(0.0, due * (1.0 - exchange->band) - delivered) * (1.0 - backup);
    exchange->nominal = due;
    exchange->delivered_now = delivered;
    exchange->short_seller = supply->free <= wanted ? missing : 0.0;
    exchange->short_buyer = supply->free > wanted ? missing : 0.0;
    supply->free -= delivered;
    demand->replaced += delivered * replaces;
}

/* Deliver on `count` exchanges in month `t`, older contracts first. */
void deliver(int64_t t, int64_t count, double backup, const companies *company, int64_t stream_count, streams *stream,
             const conversions *conversion, const seasons *season, const opportunities *opportunity, exchanges *table,
             const double *profiles)
{
    for (int64_t row = 0; row < stream_count; row++)
        if (stream[row].direction == OUT)
            stream[row].free = stream[row].amount + stream[row].stock;
    for (int64_t row = 0; row < count; row++) {
        exchanges *exchange = &table[row];
        if (exchange->stage != OPERATING)
            continue;
        const opportunities *source = &opportunity[exchange->opportunity];
        const conversions *kind = &conversion[source->conversion];
        double factor = season[source->season].factor;
        double due = due_quantity(company, stream, kind, factor, exchange, profiles, t % 12);
        deliver_one(exchange, source, kind, stream, due, backup);
    }
}
